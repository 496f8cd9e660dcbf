import { keepDaysSteps } from "@glasswatch/core/keep-days";
import { isProduction } from "./settings.ts";

const uploadsKeptDays = 7;

/** Results, pictures, clips, archived events, and messages too large for a queue. Each says by a tag how long it is kept. */
export const evidence = privateBucket("Evidence", [
  ...keepDaysSteps.map((days) => ({
    id: `keep-${days}-days`,
    filter: { tag: { key: "keep-days", value: `${days}` } },
    days,
  })),
]);

/** What arrives here is scanned, and deleted a week later. */
export const uploads = privateBucket("Uploads", [
  { id: `keep-${uploadsKeptDays}-days`, filter: { prefix: "" }, days: uploadsKeptDays },
]);

new aws.s3.BucketNotification("UploadsToEventBridge", { bucket: uploads.name, eventbridge: true });

interface Expiry {
  readonly id: string;
  readonly filter: aws.types.input.s3.BucketLifecycleConfigurationRuleFilter;
  readonly days: number;
}

/** SST blocks public access and plain HTTP; its own lifecycle rules know no tags. */
function privateBucket(name: string, expiries: readonly Expiry[]): sst.aws.Bucket {
  const bucket = new sst.aws.Bucket(name, {
    cors: false,
    transform: { bucket: { forceDestroy: !isProduction } },
  });
  new aws.s3.BucketServerSideEncryptionConfiguration(`${name}Encryption`, {
    bucket: bucket.name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
  });
  new aws.s3.BucketLifecycleConfiguration(`${name}Lifecycle`, {
    bucket: bucket.name,
    rules: [
      ...expiries.map(({ id, filter, days }) => ({ id, status: "Enabled", filter, expiration: { days } })),
      {
        id: "drop-unfinished-uploads",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  return bucket;
}
