import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operationCases } from "../../../test/cases/api-operations.ts";
import { type ApiWorld, fillWorld } from "../../../test/support/api-world.ts";
import { openTestApi, type TestApi } from "../../../test/support/open-api.ts";

interface Operation {
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

let api: TestApi;
let world: ApiWorld;
/** By method and path. */
let operations: ReadonlyMap<string, Operation>;

beforeAll(async () => {
  api = await openTestApi({ hooks: { sms: async () => {} } });
  world = await fillWorld(api);
  const { body } = await api.ask({ method: "GET", path: "/v1/openapi.json" });
  const validator = new Validator();
  expect(await validator.validate(body)).toEqual({ valid: true });
  const { paths } = validator.resolveRefs() as { paths: Record<string, Record<string, Operation>> };
  operations = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
});

afterAll(() => api.close());

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

describe("each operation", () => {
  test("of the document has a case", () => {
    expect(new Set(operationCases.map(({ operation }) => operation))).toEqual(new Set(operations.keys()));
  });

  test.each(operationCases)("$operation: $status", async ({ operation, ask, status, answer }) => {
    const [method = ""] = operation.split(" ");
    const answered = await api.ask({ method, ...ask(world) });
    expect(answered.body).toMatchObject(answer?.(world) ?? (status === 204 ? null : {}) ?? {});
    expect(answered.status).toBe(status);
    const { responses } = operations.get(operation) ?? { responses: {} };
    const content = (responses[status] ?? responses["default"])?.content;
    const declared = content?.["application/json"] ?? content?.["application/problem+json"];
    if (declared) expect(ajv.validate(declared.schema, answered.body) ? [] : ajv.errors).toEqual([]);
    expect(JSON.stringify(answered.body)).not.toContain("secret@");
    expect(JSON.stringify(answered.body)).not.toContain("token=secret");
    expect(api.faults).toEqual([]);
  });

  test("but health needs a key", async () => {
    const open = [...operations].filter(([, { security }]) => security?.length === 0).map(([name]) => name);
    expect(open).toEqual(["GET /v1/health"]);
    for (const name of operations.keys()) {
      const [method = "", path = ""] = name.split(" ");
      if (name !== "GET /v1/health") expect((await api.ask({ method, path, scope: null })).status, name).toBe(401);
    }
  });
});
