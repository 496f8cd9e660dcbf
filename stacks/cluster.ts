import { hasNat } from "./settings.ts";

const vpc = new sst.aws.Vpc("Network", {
  az: 2,
  ...(hasNat && { nat: "managed" as const }),
  transform: {
    // Tasks fetch; nobody calls them. Their health is asked for from within.
    securityGroup: (args) => {
      args.ingress = [];
    },
  },
});

/** Containers in public subnets have a public address; behind NAT they are in the private ones and have none. */
export const cluster = new sst.aws.Cluster("Cluster", {
  vpc: hasNat
    ? {
        id: vpc.id,
        securityGroups: vpc.securityGroups,
        containerSubnets: vpc.privateSubnets,
        loadBalancerSubnets: vpc.publicSubnets,
      }
    : vpc,
});
