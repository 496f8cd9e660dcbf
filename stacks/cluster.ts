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

// Of what passes NAT, at least the way to the bucket and the table is free.
if (hasNat) {
  for (const service of ["s3", "dynamodb"]) {
    new aws.ec2.VpcEndpoint(`${service === "s3" ? "Evidence" : "State"}Endpoint`, {
      vpcId: vpc.id,
      serviceName: $interpolate`com.amazonaws.${aws.getRegionOutput().region}.${service}`,
      vpcEndpointType: "Gateway",
      routeTableIds: vpc.nodes.privateRouteTables.apply((tables) => tables.map(({ id }) => id)),
    });
  }
}

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
