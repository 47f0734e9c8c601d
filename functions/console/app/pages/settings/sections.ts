import type { ClientView } from '#functions/operations/read-status/client-view';
import { number } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const { sections, names, channels, none, noBound, quiet, cap, usualSms } = words.settings;

export interface Section {
  title: string;
  facts: readonly (readonly [name: string, value: string])[];
}

type QuietHours = NonNullable<ClientView['quietHours']>;

const quietText = (hours: QuietHours | undefined): string =>
  hours === undefined ? none : quiet(hours.from, hours.to, hours.then);

const smsQuiet = ({ channels: { sms }, quietHours }: ClientView): string => {
  if (sms?.quietHours === false) return quietText(quietHours);
  return sms?.quietHours === undefined ? usualSms : quietText(sms.quietHours);
};

const capFacts = ({ caps }: ClientView): [string, string][] =>
  Object.entries(channels).map(([channel, name]) => {
    const rule = caps[channel as keyof typeof caps];
    return [name, rule === undefined ? none : cap(number(rule.atMost), rule.per)];
  });

const share = (value: number): string => `${Number((100 * value).toFixed(2))} %`;

const listed = (all: Record<string, { name: string }>): [string, string][] =>
  Object.entries(all).map(([id, { name }]) => [id, name]);

/** The settings as people ask about them. */
export const sectionsOf = (client: ClientView): Section[] => {
  const { sender, brake, breaker, retention } = client;
  return [
    {
      title: sections.sender,
      facts: [
        [names.from, `${sender.name} <${sender.address}>`],
        [names.replyTo, sender.replyTo ?? sender.address],
        [names.domain, sender.domain],
        [names.postal, client.postalAddress],
        [names.zone, client.timezone],
        [names.language, client.language],
      ],
    },
    {
      title: sections.quiet,
      facts: [
        [names.all, quietText(client.quietHours)],
        [names.sms, smsQuiet(client)],
      ],
    },
    { title: sections.caps, facts: capFacts(client) },
    {
      title: sections.bounds,
      facts: [
        [names.hour, brake === false ? noBound : number(brake.perHour)],
        [names.day, brake === false ? noBound : number(brake.perDay)],
        [names.bounces, share(breaker.bounceRate)],
        [names.complaints, share(breaker.complaintRate)],
      ],
    },
    { title: sections.topics, facts: listed(client.topics) },
    { title: sections.teams, facts: listed(client.teams) },
    {
      title: sections.kept,
      facts: [
        [names.events, retention.events],
        [names.audit, retention.audit],
        [names.alarm, client.alarm],
        [names.tests, client.testSends.to.join(', ') || none],
      ],
    },
  ];
};
