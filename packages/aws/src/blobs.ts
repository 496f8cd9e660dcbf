import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { keepDaysSteps } from "@glasswatch/core/keep-days";
import { checkBlobName } from "@glasswatch/core/ports/blob-name";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { answerOf } from "./errors.ts";

/** Long enough to watch a clip that a person opened. */
const addressSeconds = 15 * 60;

/**
 * Blobs as objects of a bucket. How long one is kept is its tag `keep-days`, which the bucket's lifecycle rules select by: a
 * prefix would have to be known to whoever reads.
 */
export function openBlobs(client: S3Client, bucket: string): Blobs {
  return {
    async put(name, bytes, { contentType, keepDays }) {
      const object = { Bucket: bucket, Key: checked(name), Body: bytes, ContentType: contentType };
      await answerOf(client.send(new PutObjectCommand({ ...object, Tagging: `keep-days=${stepOf(keepDays)}` })));
    },
    async get(name) {
      try {
        const object = await answerOf(client.send(new GetObjectCommand({ Bucket: bucket, Key: checked(name) })));
        const bytes = object.Body ? await answerOf(object.Body.transformToByteArray()) : new Uint8Array();
        return { bytes, contentType: object.ContentType ?? "application/octet-stream" };
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    async addressOf(name) {
      const object = { Bucket: bucket, Key: checked(name) };
      try {
        await answerOf(client.send(new HeadObjectCommand(object)));
        return await answerOf(getSignedUrl(client, new GetObjectCommand(object), { expiresIn: addressSeconds }));
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },
    async remove(name) {
      await answerOf(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: checked(name) })));
    },
  };
}

function checked(name: string): string {
  checkBlobName(name);
  return name;
}

function stepOf(keepDays: number): number {
  const step = keepDaysSteps.find((days) => days >= keepDays);
  if (step === undefined) throw new RangeError(`blobs are kept for ${keepDaysSteps.at(-1)} days at the longest`);
  return step;
}
