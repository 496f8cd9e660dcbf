import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Minutes of encoding and measuring: begun last, they would leave a core idle in the end. */
const longest = ["test/e2e/detectors.test.ts", "test/accuracy/loudness-compliance.test.ts"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => longest.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Their modules read the environment once, when they are loaded. */
const apart = ["packages/functions/**/*.test.ts", "test/e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    // Media tests start ffmpeg and decoder processes of their own, and live ones wait for the time to pass: three files
    // keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // For what never ends; how long something takes is a benchmark's to tell.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["packages/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...apart],
          isolate: false,
        },
      },
      { extends: true, test: { name: "apart", include: apart } },
    ],
  },
});
