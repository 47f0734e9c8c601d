import { checkLiquid } from '#channels/compile/check-liquid';
import { describeTemplate } from '#channels/describe-template';
import type { Client } from '#model/client';
import type { References, TemplateFacts } from '#statemachines/checks/references';

interface Parts {
  /** Those that are sound; a broken one is told by its own check. */
  templates: Iterable<readonly [id: string, compiled: Parameters<typeof describeTemplate>[0]]>;
  forms: ReadonlyMap<string, { fields?: Readonly<Record<string, unknown>> }>;
  segments: References['segments'];
  journeys: References['journeys'];
}

/** Everything that a journey of the client may name, wherever its parts were read from. */
export const buildReferences = (
  client: Client,
  { templates, forms, segments, journeys }: Parts,
): References => ({
  templates: new Map([...templates].map(([id, compiled]) => [id, factsOf(compiled)])),
  ...{ forms, segments, journeys },
  teams: client.teams,
  topics: client.topics,
  ...(client.stages ? { stages: client.stages } : {}),
  fields: client.fields ?? {},
  checkText: (text) => checkLiquid('', 'text', text, client),
  ...(forms.size > 0 ? { contactFields: contactFields(client, forms) } : {}),
});

const contactFields = (client: Client, forms: Parts['forms']): string[] => [
  ...Object.keys(client.fields ?? {}),
  ...[...forms.values()].flatMap((form) => Object.keys(form.fields ?? {})),
];

const factsOf = (compiled: Parameters<typeof describeTemplate>[0]): TemplateFacts => {
  const { channel, required, hasUnsubscribe } = describeTemplate(compiled);
  return { channel, variables: required, hasUnsubscribe };
};
