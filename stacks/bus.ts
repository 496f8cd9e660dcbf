/** Every event of the system passes here. Its rules are in rules.ts. */
export const bus = new sst.aws.Bus("Bus");
