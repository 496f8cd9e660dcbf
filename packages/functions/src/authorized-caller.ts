import type { Authenticate, Scope } from "@glasswatch/api/auth/caller";
import { scopes } from "@glasswatch/core/state/api-keys";
import { z } from "zod";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, format 2.0 */
const environmentSchema = z.object({
  event: z.object({
    requestContext: z.object({
      authorizer: z
        .object({
          jwt: z.object({ claims: z.looseObject({ sub: z.string(), scope: z.string().default("") }) }).optional(),
          iam: z.object({ userArn: z.string() }).optional(),
        })
        .default({}),
    }),
  }),
});

/**
 * Who asks, as the authorizer of API Gateway checked it: a token with scopes `read`, `write` or `admin`, alone or as the last
 * part of a name (`https://glasswatch.example/read`), or a principal of IAM, whose policy says which routes it may call.
 */
export const authorizedCaller: Authenticate = async (_, environment) => {
  const { success, data } = environmentSchema.safeParse(environment);
  if (!success) return null;
  const { jwt, iam } = data.event.requestContext.authorizer;
  if (jwt) return { subject: `token:${jwt.claims.sub}`, name: jwt.claims.sub, scopes: scopesOf(jwt.claims.scope) };
  return iam ? { subject: `iam:${iam.userArn}`, name: nameOf(iam.userArn), scopes: ["admin"] } : null;
};

/** `arn:aws:iam::000000000000:user/operator` → `user/operator` */
function nameOf(arn: string): string {
  return arn.split(":").at(-1) || arn;
}

function scopesOf(claim: string): readonly Scope[] {
  const names = claim.split(" ").map((name) => name.split("/").at(-1));
  return scopes.filter((scope) => names.includes(scope));
}
