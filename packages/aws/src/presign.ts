import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { answerOf } from "./errors.ts";

/** The longest that S3 accepts. A signature ends with the credentials that made it, which a role changes within hours. */
const validSeconds = 7 * 24 * 3600;

/** An address under which an object may be fetched for a while by whoever has it. */
export async function presign(bucket: string, key: string): Promise<string> {
  const client = new S3Client();
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  try {
    return await answerOf(getSignedUrl(client, command, { expiresIn: validSeconds }));
  } finally {
    client.destroy();
  }
}
