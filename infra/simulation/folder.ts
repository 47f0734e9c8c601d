import type { Journey, Step } from '#statemachines/document/schema';
import { allSteps } from '#statemachines/steps/sequences';
import { type ClientFolder, readClientFolder, readDocumentsWithin } from '../client-folder.ts';

/** A client of no particular habits, for journeys that belong to none yet. */
const neutral: ClientFolder = {
  client: {
    name: 'simulation',
    account: '000000000000',
    region: 'us-east-1',
    sender: { domain: 'example.com', address: 'sender@example.com', name: 'Simulation' },
    postalAddress: 'Example Inc., 1 Main Street, Springfield',
    brand: { name: 'Simulation' },
    links: { trial: 'https://example.com/trial', site: 'https://example.com/' },
    timezone: 'UTC',
    channels: { email: { tracking: true }, sms: {} },
    teams: {},
    writeKeys: ['wk_simulation'],
    alarm: 'alarm@example.com',
  },
  journeys: {},
  templates: {},
  forms: {},
  segments: {},
};

/** The client's folder with this one journey; what the journey names and the folder lacks is stood in for. */
export const simulationFolder = (
  document: Journey,
  text: string,
  client?: { name: string; root: string },
  beside?: string,
): ClientFolder =>
  withJourney(
    client ? readClientFolder(client.name, client.root) : neutralWith(text, beside),
    document,
    text,
  );

/**
 * With stand-ins for the pages that are named by the journey and its templates.
 * @param beside folder of a journey that belongs to no client, with what it brings along
 */
const neutralWith = (text: string, beside: string | undefined): ClientFolder => {
  const documents = beside === undefined ? {} : readDocumentsWithin(beside);
  const settings = neutral.client as { links: Record<string, string> };
  const named = [...`${JSON.stringify(documents)}${text}`.matchAll(/\blinks\.(\w+)/g)].map(
    ([, name = '']) => name,
  );
  const own = named.filter((name) => name !== 'unsubscribe' && name !== 'preferences');
  const links = { ...standIns(own, (name) => `https://example.com/${name}`), ...settings.links };
  return { ...neutral, ...documents, client: { ...settings, links } };
};

/** The same for a folder that was read elsewhere. */
export const withJourney = (base: ClientFolder, document: Journey, text: string): ClientFolder => {
  const steps = allSteps(document.steps);
  const settings = base.client as { teams: Record<string, unknown> };
  return {
    ...base,
    client: {
      ...settings,
      teams: { ...standIns(teamsOf(steps), (name) => ({ name, emails: [] })), ...settings.teams },
    },
    // Where contacts are handed on is another simulation's story: there they only arrive.
    journeys: { ...standIns(namesOf(document, 'journey'), arrival), [document.id]: text },
    segments: { ...standIns(namesOf(document, 'segment'), taggedOnes), ...base.segments },
    templates: namedTemplates(steps, base.templates),
    forms: {
      ...standIns(formsOf(document), (name) => ({ name, fields: { email: { type: 'email' } } })),
      ...base.forms,
    },
  };
};

/** Compiling those that the journey does not send would be most of a simulation's work. */
const namedTemplates = (
  steps: readonly Step[],
  known: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(standInTemplates(steps)).map(([id, standIn]) => [
      id,
      Object.hasOwn(known, id) ? known[id] : standIn,
    ]),
  );

const standIns = <T>(ids: readonly string[], make: (id: string) => T): Record<string, T> =>
  Object.fromEntries(ids.map((id) => [id, make(id)]));

const teamsOf = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => ('team' in step ? [step.team] : []));

const formsOf = ({ enter, exit = [], goal }: Journey): string[] =>
  [...enter.on, ...exit.map(({ on }) => on), goal?.on].flatMap((on) => (on && 'form' in on ? [on.form] : []));

/** What the document names in a member of that name, wherever it stands. */
const namesOf = (value: unknown, member: string): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as Record<string, unknown>)[member];
  const inner = Object.values(value).flatMap((each) => namesOf(each, member));
  return typeof own === 'string' ? [own, ...inner] : inner;
};

const arrival = (id: string): string =>
  JSON.stringify({
    ...{ wayleaf: 1, id, name: id, enter: { on: [{ manual: true }], again: 'always' } },
    steps: [{ id: 'arrived', type: 'update', addTags: [`in-${id}`] }],
  });

/** A segment that nobody defined holds those who carry its name as a tag. */
const taggedOnes = (id: string) => ({ name: id, if: { tag: `segment-${id}` } });

/** With a link and an open pixel, so that it can be clicked and opened. */
const standInMail = (id: string) => ({
  channel: 'email',
  subject: id,
  html: `<html><body><p>${id}</p><p><a href="https://example.com/">Go on</a></p><p><a href="{{ links.unsubscribe }}">Unsubscribe</a></p></body></html>`,
  text: `${id}\n\nhttps://example.com/\n\n{{ links.unsubscribe }}`,
});

const standInTemplates = (steps: readonly Step[]): Record<string, unknown> =>
  Object.fromEntries(
    steps.flatMap((step): [string, unknown][] => {
      if (step.type === 'email') return [[step.template, standInMail(step.template)]];
      const template = step.type === 'sms' && 'template' in step ? step.template : undefined;
      return template ? [[template, { channel: 'sms', text: `${template} https://example.com/` }]] : [];
    }),
  );
