import type { Need } from '#infra/local/wire/grants';
import type { Deployed, Json, Resource } from './assembly.ts';
import type { Resolver } from './resolve.ts';

interface Statement {
  Action: string | string[];
  Resource: string | string[];
}

export interface Policy {
  allows(need: Need): boolean;
}

/** What a role may do: the policies within it, and those that were attached to it. */
export const policyOf = (deployed: Deployed, { of }: Resolver, role: Resource): Policy => {
  const attached = deployed
    .all('AWS::IAM::Policy')
    .filter(
      (policy) => policy.stack === role.stack && policy.Properties.Roles.some((r: Json) => r.Ref === role.id),
    );
  const statements = [
    ...(of(role).Policies ?? []).map((policy: Json) => policy.PolicyDocument),
    ...attached.map((policy) => of(policy).PolicyDocument),
  ].flatMap(({ Statement }: Json) => Statement as (Statement & { Effect: string; Condition?: unknown })[]);
  if (statements.some(({ Effect, Condition }) => Effect !== 'Allow' || Condition))
    throw new Error(`${role.id} has a statement of a kind that is not understood here.`);
  return {
    allows: ({ action, resource }) =>
      statements.some(
        ({ Action, Resource }) =>
          [Action].flat().includes(action) && [Resource].flat().some((pattern) => covers(pattern, resource)),
      ),
  };
};

/** IAM's `*` stands for anything, a slash and a colon among it; `?` for one character. */
const covers = (pattern: string, resource: string): boolean =>
  new RegExp(`^${escaped(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`).test(resource);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
