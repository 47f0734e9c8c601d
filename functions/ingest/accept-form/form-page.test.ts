import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FormSource, formSchema } from '#model/form';
import { putDocument } from '#store/catalogue/documents';
import { findContactId } from '#store/contacts/identities';
import { type Call, demoForm, type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const form: FormSource = {
  ...demoForm,
  fields: {
    ...demoForm.fields,
    size: { type: 'choice', options: ['small', '"large"'], label: 'Size' },
    campaign: { type: 'hidden' },
  },
};
const origin = 'https://www.acme.example';

let door: FrontDoor;
let open: Call;
beforeEach(async () => {
  door = await openFrontDoor({ demo: form });
  open = door.open({ record, createHandler });
});
afterEach(() => door.close());

const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  open({
    route: 'POST /v1/forms/{form}',
    path: '/v1/forms/demo',
    parameters: { form: 'demo' },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      origin,
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });

describe('a person without JavaScript who made a mistake', () => {
  test('gets the form with what was typed, and a word at each wrong field', async () => {
    const { status, text } = await post({
      ...{ email: 'ada@', firstName: 'Ada "the" first', companySize: 'many', size: '"large"' },
      ...{ consent: 'yes', campaign: 'spring', utm_source: 'mail', _page: `${origin}/demo?x=1` },
    });
    expect(status).toBe(422);
    for (const part of [
      '<a href="#f-email">&quot;E-mail&quot; must be an e-mail address',
      '<input id="f-email" name="email" required aria-invalid="true" aria-describedby="e-email" autocomplete="email" type="email" value="ada@">',
      'name="firstName" autocomplete="given-name" type="text" value="Ada &quot;the&quot; first"',
      '<option value="&quot;large&quot;" selected>',
      '<input type="checkbox" name="consent" value="yes" checked> You may write to me.',
      '<input type="hidden" name="campaign" value="spring">',
      '<input type="hidden" name="utm_source" value="mail">',
      '<a href="https://www.acme.example/demo?x=1">Back to the page</a>',
    ])
      expect(text).toContain(part);
  });

  test('can send it from there: our own pages may post, and lead to the thank-you page', async () => {
    const { headers } = await post({ email: 'ada@' });
    expect(headers['content-security-policy']).toContain(`form-action 'self' ${origin};`);
    // "no-referrer" would make the browser send the origin "null".
    expect(headers['referrer-policy']).toBe('same-origin');
    const mended = await post({ email: 'ada@example.com' }, { origin: 'https://t.acme.example' });
    expect([mended.status, mended.headers.location]).toEqual([303, `${origin}/thanks`]);
  });

  test('meets no markup of whoever posted, in any field', async () => {
    const evil = '"><script>alert(1)</script>';
    const { text } = await post({
      ...{ email: evil, firstName: evil, companySize: evil, size: evil, consent: evil, campaign: evil },
      ...{
        utm_source: evil,
        _page: 'javascript:alert(1)',
        _referrer: evil,
        _anonymousId: evil,
        _shownAt: evil,
      },
    });
    expect(text).not.toMatch(/<script|href="javascript/);
  });

  test('is led back only to pages that may post the form', async () => {
    const { text } = await post({ email: 'ada@', _page: 'https://evil.example/' });
    expect(text).not.toContain('Back to the page');
  });
});

test('speaks the language of the site where the form says how', async () => {
  const messages = {
    ...{ 'missing-field': '„{label}“ fehlt noch.', 'invalid-email': '„{label}“ ist keine <Adresse>.' },
    ...{ 'page-title': 'Bitte noch einmal', 'page-send': 'Abschicken', 'page-back': 'Zurück' },
    ...{ 'thanks-title': 'Danke', 'thanks-text': 'Wir melden uns.' },
  };
  const fields = { email: { type: 'email', required: true, label: 'Adresse' } } as const;
  const german = { name: 'Kontakt', language: 'de', origins: [origin], fields, messages };
  await putDocument(door.store, 'form', 'demo', formSchema.parse(german), { owner: 'folder' });
  const missing = await post({ _page: `${origin}/` });
  for (const part of [
    '<html lang="de">',
    'Bitte noch einmal',
    '„Adresse“ fehlt noch.',
    'Abschicken',
    'Zurück',
  ])
    expect(missing.text).toContain(part);
  expect((await post({ email: 'ada@' })).text).toContain('„Adresse“ ist keine &lt;Adresse&gt;.');
  expect((await post({ email: 'ada@example.com' })).text).toContain('<p>Wir melden uns.</p>');
});

describe('what is kept beside the fields', () => {
  const properties = async (fields: Record<string, string>, headers = {}) => {
    await post({ email: 'ada@example.com', ...fields }, headers);
    const [event] = await door.events((await door.contactOf('ada@example.com'))!.id);
    return { properties: event?.properties, traits: event?.traits };
  };

  test('the marks of the campaign, the page and its referrer, on the event and not on the contact', async () => {
    const marks = { utm_source: 'mail', utm_campaign: 'spring' };
    const places = { _page: `${origin}/demo?token=secret#top`, _referrer: 'https://search.example/?q=ada' };
    expect(await properties({ ...marks, ...places })).toEqual({
      properties: {
        ...marks,
        ...{ email: 'ada@example.com', page: `${origin}/demo`, referrer: 'https://search.example/' },
      },
      traits: { email: 'ada@example.com' },
    });
  });

  test('marks in the address of the page, where the browser tells it', async () => {
    const headers = { referer: `${origin}/demo?utm_medium=cpc&utm_term=a%0Ab` };
    expect((await properties({}, headers)).properties).toEqual({
      ...{ email: 'ada@example.com', utm_medium: 'cpc', page: `${origin}/demo` },
    });
  });

  test('nothing that cannot be kept, and the post is taken all the same', async () => {
    const odd = { utm_source: 'x'.repeat(300), utm_medium: 'a\nb', _page: 'no page', _referrer: 'data:,x' };
    expect((await properties(odd)).properties).toEqual({ email: 'ada@example.com' });
  });

  test('the visitor becomes the contact', async () => {
    await post({ email: 'ada@example.com', _anonymousId: 'visitor-1' });
    const ada = await door.contactOf('ada@example.com');
    expect(await findContactId(door.store, { kind: 'anonymousId', value: 'visitor-1' })).toBe(ada?.id);
    expect((await post({ email: 'bob@example.com', _anonymousId: 'null' })).status).toBe(303);
  });
});
