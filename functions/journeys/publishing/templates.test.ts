import { afterAll, beforeAll, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

const layoutWith = (word: string) => ({
  text: `{% block content %}{% endblock %}\n${word} {{ brand.postalAddress }} {{ links.unsubscribe }}`,
});
const hello = (word: string) => ({
  channel: 'email',
  language: 'en',
  layout: 'house',
  subject: `Hello ${word}`,
  text: "{% render 'dear' %} {{ contact.plan }} http://shop/",
  languages: { de: { subject: `Hallo ${word}`, text: "{% render 'dear' %}" } },
});
const journey = {
  id: 'welcome',
  enter: { on: [{ event: 'Signed Up' }] },
  steps: [
    { id: 'later', type: 'wait', for: '1 day' },
    { id: 'mail', type: 'email', template: 'hello' },
  ],
};

let at: AudienceWorld;
beforeAll(async () => {
  at = await openAudience({ client: { ...readClientFolder('acme'), journeys: {}, segments: {} } });
  await at.insist('PUT', '/v1/layouts/house', layoutWith('First'));
  await at.insist('PUT', '/v1/partials/dear', {
    text: 'Dear {{ contact.firstName | default: "you" }}',
    languages: { de: { text: 'Hallo' } },
  });
  await at.insist('PUT', '/v1/templates/hello', hello('one'));
  await at.publish(journey);
});
afterAll(() => at.close());

const mailTo = async (name: string) => (await at.mails(name)).at(-1);

test('a version keeps its template with layout, partials and languages; the next one has what is there then', async () => {
  await at.identify('ada', { firstName: 'Ada', plan: 'gold' });
  await at.identify('udo', { language: 'de-AT' });
  for (const name of ['ada', 'udo']) await at.track(name, 'Signed Up');
  await at.drain();
  await at.insist('PUT', '/v1/layouts/house', layoutWith('Second'));
  await at.insist('PUT', '/v1/partials/dear', { text: 'Moin' });
  await at.insist('PUT', '/v1/templates/hello', hello('two'));
  expect(await at.insist('POST', '/v1/journeys/welcome/publish')).toMatchObject({ version: 2 });
  await at.identify('eva', { language: 'fr', plan: 'free' });
  await at.track('eva', 'Signed Up');
  await at.drain();
  await at.advance('2 days');
  expect(await mailTo('ada')).toMatchObject({
    subject: 'Hello one',
    text: expect.stringMatching(/^Dear Ada gold .*\nFirst /),
  });
  expect(await mailTo('udo')).toMatchObject({
    subject: 'Hallo one',
    text: expect.stringContaining('Hallo\nFirst'),
  });
  expect(await mailTo('eva')).toMatchObject({
    subject: 'Hello two',
    text: expect.stringMatching(/^Moin free .*\nSecond /),
  });
});

test('who has no value for a variable without default gets nothing, and is counted', async () => {
  await at.identify('ivo', { firstName: 'Ivo' });
  await at.track('ivo', 'Signed Up');
  await at.drain();
  await at.advance('2 days');
  expect(await at.mails('ivo')).toEqual([]);
  const { steps } = await at.report('welcome');
  expect(steps.find(({ id }) => id === 'mail')?.skipped).toEqual({ 'missing-variable': 1 });
});

test('who lacks what a template prints under another name gets nothing, and publishing says so', async () => {
  await at.insist('PUT', '/v1/templates/renamed', {
    channel: 'email',
    subject: 'Hello',
    text: '{% assign n = contact.nickname %}Hi {{ n }},\n{{ brand.postalAddress }} {{ links.unsubscribe }}',
  });
  await at.publish({
    id: 'renamed',
    enter: { on: [{ event: 'Renamed' }] },
    steps: [{ id: 'mail', type: 'email', template: 'renamed' }],
  });
  const { issues } = await at.insist<{ issues: object[] }>('POST', '/v1/journeys/renamed/publish');
  expect(JSON.stringify(issues)).toContain('contact.nickname');
  await at.identify('tom');
  await at.identify('una', { nickname: 'Una' });
  for (const name of ['tom', 'una']) await at.track(name, 'Renamed');
  await at.drain();
  await at.advance('2 days');
  expect(await at.mails('tom')).toEqual([]);
  expect(await at.mails('una')).toMatchObject([{ text: expect.stringMatching(/^Hi Una,/) }]);
  const { steps } = await at.report('renamed');
  expect(steps.find(({ id }) => id === 'mail')?.skipped).toEqual({ 'missing-variable': 1 });
});

test('publishing again without a change in any of them is no new version', async () => {
  expect(await at.insist('POST', '/v1/journeys/welcome/publish')).toMatchObject({ version: 2 });
  await at.insist('PUT', '/v1/partials/dear', { text: 'Moin, moin' });
  const { version, issues } = await at.insist<{ version: number; issues: object[] }>(
    'POST',
    '/v1/journeys/welcome/publish',
  );
  expect(version).toBe(3);
  expect(issues).toMatchObject([
    { code: 'unknown-variable' },
    { code: 'broken-link', file: 'templates/hello.json', path: '/text', line: 1, column: 40 },
  ]);
});

test('refuses a template whose link would run a script, however it is spelled', async () => {
  const [opens, closes] = [
    '<mjml><mj-body><mj-section><mj-column>',
    '</mj-column></mj-section></mj-body></mjml>',
  ];
  for (const href of ['javascript:alert(1)', ' JaVa&#115;cript:alert(1)', 'data:text/html,hi']) {
    const mjml = `${opens}<mj-button href="${href}">Go</mj-button>${closes}`;
    const refused = await at.ask<{ issues: { code: string }[] }>('PUT', '/v1/templates/hello', {
      ...{ channel: 'email', subject: 'Hi', mjml },
    });
    expect([href, refused.status, refused.json.issues.map(({ code }) => code)]).toEqual([
      ...[href, 422, expect.arrayContaining(['unsafe-link'])],
    ]);
  }
});

test('a journey names no template that cannot be put together', async () => {
  const refused = await at.ask<{ issues: { code: string; hint: string }[] }>('PUT', '/v1/templates/hello', {
    ...hello('x'),
    text: "{% render 'deer' %}",
  });
  expect([refused.status, refused.json.issues[0]]).toMatchObject([
    422,
    { code: 'unknown-partial', path: '/text', line: 1, hint: 'did you mean "dear"?' },
  ]);
});
