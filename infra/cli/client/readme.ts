import * as z from 'zod';
import { type Client, clientSchema } from '#model/client';

/** The README beside a new `client.json`: what stands in it, and what may stand in it, by the schema's own words. */
export const readmeFor = (client: Client): string => `# ${client.brand.name}

A client of Wayleaf: everything that differs from the next one stands in this folder. [How it comes to AWS](../GUIDE.md), [what stands where](../README.md).

\`\`\`sh
npx wayleaf check infra/clients/${client.name}     # journeys, templates, settings
npx wayleaf test ${client.name}                    # what journeys are expected to do
npx wayleaf doctor ${client.name}                  # DNS records and SES: whether mail can arrive
npx cdk deploy 'wayleaf-${client.name}-*'          # with credentials of account ${client.account}
\`\`\`

- \`journeys/welcome.journey.json\`, entered by the form \`forms/sign-up.json\`, sends \`templates/welcome.json\` in the layout \`layouts/ready.json\`. Make them yours.
- The write key \`${client.writeKeys[0]}\` is public: it stands on the website.

## client.json

Faults are told with line and caret by \`npx wayleaf check\`, \`npx cdk synth\` and every command that reads the file; editors complete it by \`client.schema.json\`. What is left out has the value given here.

| member | when left out | means |
|---|---|---|
${Object.entries(clientSchema.shape)
  .filter(([name]) => name !== '$schema')
  .map(([name, schema]) => row(name, schema))
  .join('\n')}
`;

const row = (name: string, schema: z.core.$ZodType): string =>
  `| \`${name}\` | ${usualOf(schema)} | ${aboutOf(schema).replaceAll('|', '\\|')} |`;

const usualOf = (schema: z.core.$ZodType): string => {
  if (schema instanceof z.ZodOptional) return 'nothing';
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return '**needed**';
  const read = z.safeParse(schema, undefined);
  const text = read.success ? JSON.stringify(read.data) : '';
  return text.length > 60 || text === '' ? 'usual values' : `\`${text}\``;
};

/** Its own words, or those of what it holds. */
const aboutOf = (schema: z.core.$ZodType): string => {
  const own = wordsOf(schema);
  const inner = innermost(schema);
  if (!(inner instanceof z.ZodObject)) return own;
  const members = Object.entries(inner.shape as Record<string, z.core.$ZodType>).map(([name, member]) => {
    const words = wordsOf(member);
    return words === '' ? `\`${name}\`` : `\`${name}\`: ${words}`;
  });
  return [own, members.join('; ')].filter((text) => text !== '').join('. ');
};

const wordsOf = (schema: z.core.$ZodType): string => {
  if (schema instanceof z.ZodType && schema.description) return schema.description;
  const next = unwrapped(schema);
  return next ? wordsOf(next) : '';
};

const innermost = (schema: z.core.$ZodType): z.core.$ZodType => {
  const next = unwrapped(schema);
  return next ? innermost(next) : schema;
};

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    ? schema.unwrap()
    : undefined;
