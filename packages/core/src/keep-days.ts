/**
 * After how many days a bucket deletes what it holds: one rule each. What is to be kept for a time between two of these is
 * kept for the longer.
 */
export const keepDaysSteps = [1, 7, 30, 90, 400] as const;
