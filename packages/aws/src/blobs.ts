import { createReadStream } from "node:fs";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { keepDaysSteps } from "@glasswatch/core/keep-days";
import { checkBlobName } from "@glasswatch/core/ports/blob-name";
import type { BlobInfo, Blobs } from "@glasswatch/core/ports/blobs";
import { answerOf } from "./errors.ts";
import { objectUrl } from "./object-address.ts";

/** Long enough to watch a clip that a person opened. */
const addressSeconds = 15 * 60;

/**
 * Blobs as objects of a bucket. How long one is kept is its tag `keep-days`, which the bucket's lifecycle rules select by: a
 * prefix would have to be known to whoever reads.
 */
export function openBlobs(client: S3Client, bucket: string): Blobs {
  const addressed = (name: string) => ({ Bucket: bucket, Key: checked(name) });
  const described = (name: string, { contentType, keepDays }: BlobInfo) => ({
    ...addressed(name),
    ...{ ContentType: contentType, Tagging: `keep-days=${stepOf(keepDays)}` },
  });
  const head = (name: string) => unlessAbsent(answerOf(client.send(new HeadObjectCommand(addressed(name)))));

  return {
    async put(name, bytes, info) {
      await answerOf(client.send(new PutObjectCommand({ ...described(name, info), Body: bytes })));
    },
    async putFile(name, path, info) {
      const params = { ...described(name, info), Body: createReadStream(path) };
      await answerOf(new Upload({ client, params }).done());
    },
    async get(name) {
      const object = await unlessAbsent(answerOf(client.send(new GetObjectCommand(addressed(name)))));
      if (!object) return null;
      const bytes = object.Body ? await answerOf(object.Body.transformToByteArray()) : new Uint8Array();
      return { bytes, contentType: typeOf(object) };
    },
    async open(name) {
      const object = await head(name);
      if (!object) return null;
      return {
        ...{ contentType: typeOf(object), sizeBytes: object.ContentLength ?? 0 },
        async read(range) {
          const Range = range && `bytes=${range.fromByte}-${range.toByte}`;
          const { Body } = await answerOf(client.send(new GetObjectCommand({ ...addressed(name), Range })));
          return Body?.transformToWebStream() ?? new Blob().stream();
        },
      };
    },
    async mediaUrl(name) {
      return (await head(name)) && objectUrl(bucket, name);
    },
    async addressOf(name, { contentDisposition } = {}) {
      if (!(await head(name))) return null;
      const command = new GetObjectCommand({ ...addressed(name), ResponseContentDisposition: contentDisposition });
      return answerOf(getSignedUrl(client, command, { expiresIn: addressSeconds }));
    },
    async remove(name) {
      await answerOf(client.send(new DeleteObjectCommand(addressed(name))));
    },
  };
}

async function unlessAbsent<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null;
    throw error;
  }
}

function typeOf({ ContentType }: { readonly ContentType?: string | undefined }): string {
  return ContentType ?? "application/octet-stream";
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
