import { expect } from 'vitest';
import type { World } from '#infra/local/world';
import { chunksOf } from '#kernel/chunks';
import { lineOfNoLiquid, noLiquid, oneLine, take, takeEach } from './take.ts';
import { planted } from './xss.ts';

const head = (id: string, event: string) => ({ wayleaf: 1, id, enter: { on: [{ event }] } });

/** A decision for each: its name, its question, its answer, what it is asked about. */
const asks = (texts: readonly string[]) =>
  texts.map((text, i) => ({
    ...{ id: `ask-${i}`, type: 'decide', name: text, question: text },
    branches: [{ answer: text, if: { contact: 'company', is: text }, steps: [] }],
    otherwise: { answer: 'No', steps: [] },
  }));

const mails = {
  ...{ ...head('mails', 'Mails'), name: 'Mails', sending: { class: 'transactional' } },
  steps: lineOfNoLiquid.map((text, i) => ({
    ...{ id: `mail-${i}`, type: 'email', name: text, template: 'data', data: { words: text } },
  })),
};

/** A page has 25 tasks: each has three of them in its words. */
const three = '{{ trigger.properties.one }} {{ trigger.properties.two }} {{ trigger.properties.three }}';

const task = (id: string, event: string, offered: readonly string[]) => ({
  ...{ ...head(id, event), name: id },
  steps: [
    {
      ...{ id: 'call', type: 'task', team: 'sales', title: three, script: `Say ${three}` },
      ...{ outcomes: offered, atMost: '4 days' },
      branches: [{ answer: offered[0], steps: [] }],
      otherwise: { steps: [] },
    },
  ],
});

/** Outcomes are short. */
export const outcomes: readonly string[] = lineOfNoLiquid.filter((text) => text.length <= 60);

/** Eight at a time; a task for each event has them. */
export const outcomeJourneys = (): string[][] => chunksOf(outcomes, 8);

export const plantJourneys = async (world: World): Promise<void> => {
  const publish = async (document: { id: string } & object): Promise<void> => {
    await take(world, 'PUT', `/v1/journeys/${document.id}`, document);
    await take(world, 'POST', `/v1/journeys/${document.id}/publish`);
  };
  const steps = asks(oneLine);
  await takeEach(
    world,
    (i) => `/v1/journeys/mal-${i}`,
    (name, i) => ({ ...head(`mal-${i}`, name), name, steps: [{ id: 'rest', type: 'wait', for: '1 day' }] }),
    oneLine,
  );
  await publish({ ...head('many', 'Planted'), name: 'Many', steps } as never);
  // What is published has one name, the draft another: the difference says both.
  const turned = steps.map((step, i) => ({ ...step, name: oneLine[(i + 1) % oneLine.length] }));
  await take(world, 'PUT', '/v1/journeys/many', { ...head('many', 'Planted'), name: 'Many', steps: turned });
  await publish(mails);
  const wait = {
    ...{ id: 'wait', type: 'waitFor', atMost: '1 day', name: oneLine[0] },
    branches: [{ answer: 'Clicked', on: { message: 'mail', was: 'clicked' }, steps: [] }],
    otherwise: { answer: 'No', steps: [] },
  };
  const mail = { id: 'mail', type: 'email', template: 'data', name: oneLine[0], data: { words: oneLine[0] } };
  await publish({
    ...head('asked', 'Asked'),
    ...{ name: 'Asked', sending: mails.sending, steps: [mail, wait] },
  } as never);
  const raw = { id: 'raw', type: 'email', template: 'raw' };
  await publish({
    ...head('raw', 'Raw'),
    name: 'Raw',
    sending: { class: 'transactional' },
    steps: [raw],
  } as never);
  await publish(task('task-titles', 'Planted Task', ['done']));
  for (const [i, offered] of outcomeJourneys().entries())
    await publish(task(`task-${i}`, `Outcomes ${i}`, offered));
};

/** Of one contact, all at once: `{{ contact.f0 }} {{ contact.f1 }} …`. */
const ofContact = oneLine.map((_, i) => `{{ contact.f${i} }}`);

export const plantTemplates = async (world: World): Promise<void> => {
  const words = '{{ data.words }}';
  const foot = '{{ brand.postalAddress }} {{ links.preferences }} {{ links.unsubscribe }}';
  const data = { channel: 'email', subject: words, preheader: words, text: `${words} ${foot}` };
  const html = `<p>${words}</p><a href="https://www.acme.example/">${words}</a>${foot}`;
  await take(world, 'PUT', '/v1/templates/data', { ...data, html });
  const fields = ofContact.map((field) => `<p title="${field}">${field}</p>`).join('');
  await take(world, 'PUT', '/v1/templates/fields', {
    ...{ channel: 'email', subject: 'x', html: fields, text: ofContact.join('\n') },
  });
  const mail = (html: string) => ({ channel: 'email', subject: 'x', html: `<p>x</p>${html}` });
  const allowed = await takeEach(world, () => '/v1/templates/raw', mail);
  expect(allowed.length).toBeGreaterThan(8);
  await take(world, 'PUT', '/v1/templates/raw', mail(allowed.join('')));
  await take(world, 'PUT', '/v1/partials/raw', { html: allowed.join(''), text: noLiquid.join('\n') });
  await take(world, 'PUT', '/v1/layouts/raw', {
    html: `${allowed.join('')}{% block content %}{% endblock %}`,
  });
  await takeEach(
    world,
    (i) => `/v1/templates/mal-${i}`,
    (text) => ({ channel: 'email', name: text, subject: text, preheader: text, html: '<p>x</p>' }),
    lineOfNoLiquid,
  );
};

export const plantForms = async (world: World): Promise<void> => {
  const consent = {
    field: 'consent',
    value: 'yes',
    channel: 'email',
    text: oneLine.join(' ').slice(0, 1_900),
  };
  const fields = Object.fromEntries(
    oneLine.map((text, i) => [`g${i}`, { type: 'choice', options: [text], label: text }]),
  );
  const email = { type: 'email', required: true };
  await take(world, 'PUT', '/v1/forms/all', { name: 'All', fields: { email, ...fields }, consent });
  await takeEach(
    world,
    (i) => `/v1/forms/mal-${i}`,
    (name) => ({ name, fields: { email } }),
    oneLine,
  );
  const doubleOptIn = { thanks: 'https://www.acme.example/thanks' };
  await take(world, 'PUT', '/v1/forms/double', { name: 'Double', fields: { email }, consent, doubleOptIn });
};

export const plantSegments = async (world: World): Promise<void> => {
  await takeEach(
    world,
    (i) => `/v1/segments/mal-${i}`,
    (name) => ({ name, if: { tag: name } }),
    oneLine,
  );
  const any = oneLine.map((tag) => ({ tag }));
  await take(world, 'PUT', '/v1/segments/all', { name: 'All', if: { any: any.slice(0, 20) } });
};

export const csv = (): string => {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = planted.map((text, i) => [`csv-${i}@example.com`, ...planted.map(() => cell(text))].join(','));
  const wrong = planted.map((text) => [cell(text), ...planted.map(() => '')].join(','));
  // Numbered, for some of them would be the same field.
  const headings = planted.map((text, i) => cell(`${text} ${i}`));
  return `${['email', ...headings].join(',')}\n${[...rows.slice(0, 3), ...wrong].join('\n')}\n`;
};
