/** What is deployed, and why, is in `stacks/`. docs/aws.md shows how to deploy it and what it costs to leave on. */
export default $config({
  app(input) {
    const isProduction = input.stage === "production";
    return {
      name: "glasswatch",
      home: "aws",
      removal: isProduction ? "retain" : "remove",
      protect: isProduction,
    };
  },
  async run() {
    const { outputs } = await import("./stacks/main.ts");
    return outputs;
  },
});
