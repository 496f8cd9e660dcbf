import { type LeaseTerms, leaseTerms } from "@glasswatch/core/state/leases";

/** How long a worker waits for what. */
export interface WorkerTimes extends LeaseTerms {
  /** How often it is looked whether people still want a stream watched. */
  readonly lookSeconds: number;
  /** How often, at least, it is looked for leases that nobody holds. */
  readonly reconcileSeconds: number;
  /** A watch that takes over has analysed so much, so that its detectors know what is going on. */
  readonly warmUpSeconds: number;
  /** How long writes that are refused are tried again when the worker stops. */
  readonly writeOffSeconds: number;
}

export const workerTimes: WorkerTimes = {
  ...leaseTerms,
  lookSeconds: 5,
  reconcileSeconds: 5,
  warmUpSeconds: 10,
  writeOffSeconds: 3,
};
