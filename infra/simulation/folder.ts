import type { Journey, Step } from '#statemachines/document/schema';
import { type ClientFolder, readClientFolder } from '../client-folder.ts';

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
): ClientFolder => withJourney(client ? readClientFolder(client.name, client.root) : neutral, document, text);

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
    journeys: { [document.id]: text },
    templates: { ...standInTemplates(steps), ...base.templates },
    forms: {
      ...standIns(formsOf(document), (name) => ({ name, fields: { email: { type: 'email' } } })),
      ...base.forms,
    },
  };
};

const allSteps = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...innerSequences(step).flatMap(allSteps)]);

const innerSequences = (step: Step): (readonly Step[])[] => {
  const {
    branches = [],
    arms = [],
    otherwise,
  } = step as {
    branches?: readonly { steps: readonly Step[] }[];
    arms?: readonly { steps: readonly Step[] }[];
    otherwise?: { steps: readonly Step[] };
  };
  return [...branches, ...arms, ...(otherwise ? [otherwise] : [])].map(({ steps }) => steps);
};

const standIns = <T>(ids: readonly string[], make: (id: string) => T): Record<string, T> =>
  Object.fromEntries(ids.map((id) => [id, make(id)]));

const teamsOf = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => ('team' in step ? [step.team] : []));

const formsOf = ({ enter, exit = [], goal }: Journey): string[] =>
  [...enter.on, ...exit.map(({ on }) => on), goal?.on].flatMap((on) => (on && 'form' in on ? [on.form] : []));

const standInTemplates = (steps: readonly Step[]): Record<string, unknown> =>
  Object.fromEntries(
    steps.flatMap((step) => {
      if (step.type === 'email')
        return [
          [
            step.template,
            {
              channel: 'email',
              subject: step.template,
              text: `${step.template}\n\nhttps://example.com/\n\n{{ links.unsubscribe }}`,
            },
          ],
        ];
      return step.type === 'sms' && 'template' in step && step.template
        ? [[step.template, { channel: 'sms', text: step.template }]]
        : [];
    }),
  );
