import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { answerOf } from "./errors.ts";

/** For longer than any scan takes; a signature ends with the credentials that made it, which a role changes within hours. */
const validSeconds = 12 * 3600;

const objectPattern = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/s;

/** What an object is called where it is to be scanned: its address is made when it is fetched. */
export function objectUrl(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** The address under which an object may be fetched from now on; any other address as it is. */
export async function fetchableAddress(url: string): Promise<string> {
  const { bucket, key } = objectPattern.exec(url)?.groups ?? {};
  if (bucket === undefined || key === undefined) return url;
  const client = new S3Client();
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key });
    return await answerOf(getSignedUrl(client, command, { expiresIn: validSeconds }));
  } finally {
    client.destroy();
  }
}
