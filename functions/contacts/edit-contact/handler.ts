import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { etag, requireMatch } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import type { Issue } from '#kernel/issue';
import type { Contact } from '#model/contact';
import { refuseValue } from '#policy/contacts/catalogue-field';
import { consentKeys } from '#policy/contacts/consent';
import { fieldLimits, lacksRoom } from '#policy/contacts/contact-fields';
import type { ContactSettings } from '#policy/contacts/contact-settings';
import type { Identity } from '#policy/contacts/identity';
import { refuseMove } from '#policy/contacts/stages';
import { catalogueOf } from '#store/catalogue/catalogue';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { findUnstorable } from '#store/storable';
import { openStore, type Store } from '#store/store';
import { editContact } from '../changing/apply.ts';
import { type ContactPatch, patchSchema } from './patch.ts';

const readPatch = async (store: Store, request: HttpRequest): Promise<ContactPatch> => {
  const patch = jsonBodyOf(request, patchSchema);
  const unstorable = findUnstorable(patch.set);
  if (unstorable) throw new Refusal(422, unstorable.code, unstorable.message);
  await catalogueOf(store).renew();
  const issues = issuesWith(patch, await contactSettingsOf(store));
  if (issues.length > 0)
    throw new Refusal(422, 'invalid-body', 'The body does not fit the contacts of this client; see issues.', {
      issues,
    });
  return patch;
};

/** What the client's own words say against it. */
const issuesWith = ({ set = {}, stage, consent = {} }: ContactPatch, settings: ContactSettings): Issue[] => {
  const { fields = {}, stages } = settings;
  const values = Object.entries(set).flatMap(([name, value]): Issue[] => {
    const refused = refuseValue(Object.hasOwn(fields, name) ? fields[name] : undefined, value);
    return refused ? [{ ...refused, severity: 'error', path: `/set/${name}` }] : [];
  });
  const move = stage === undefined ? undefined : refuseMove(stages, undefined, stage);
  return [
    ...values,
    ...unknownConsents(consent, settings),
    ...(move ? [{ ...move, severity: 'error' as const, path: '/stage' }] : []),
  ];
};

const unknownConsents = (
  consent: NonNullable<ContactPatch['consent']>,
  settings: ContactSettings,
): Issue[] => {
  const allowed = consentKeys(settings);
  return Object.keys(consent)
    .filter((key) => !allowed.includes(key))
    .map((key) => ({
      ...{ code: 'unknown-topic', severity: 'error', path: `/consent/${key}` },
      message: `"${key}" is no channel and no topic of this client; use ${allowed.join(', ')}.`,
    }));
};

const refuseStage = (contact: Contact, { stage }: ContactPatch, { stages }: ContactSettings): void => {
  const refused = stage === undefined ? undefined : refuseMove(stages, contact.stage, stage);
  if (refused) throw new Refusal(409, refused.code, refused.message);
};

/** Silence would look like success: what `hearConsent` ignores is refused here. A complaint is an administrator's to lift. */
const refuseRegrant = (contact: Contact, { consent = {} }: ContactPatch): void => {
  const taken = Object.entries(consent).filter(
    ([key, given]) =>
      given &&
      contact.suppressed[key]?.reason !== 'complaint' &&
      (contact.consent[key]?.given === false || contact.suppressed[key] !== undefined),
  );
  if (taken.length > 0)
    throw new Refusal(
      409,
      'consent-withdrawn',
      `The contact took back ${taken.map(([key]) => key).join(', ')}, or was asked to confirm it. Only the contact can give it, by a form, a click or the preferences page.`,
    );
};

/** A full contact would take the value for nothing. */
const refuseFull = (contact: Contact, { set = {} }: ContactPatch, { fields }: ContactSettings): void => {
  const issues = Object.entries(set)
    .filter((member) => lacksRoom(contact, member, fields))
    .map(
      ([name]): Issue => ({
        ...{ code: 'no-room', severity: 'error', path: `/set/${name}` },
        message: `does not fit: a value has at most ${fieldLimits.valueLength} characters as JSON, a contact ${fieldLimits.count} fields and ${fieldLimits.totalLength} characters in all`,
      }),
    );
  if (issues.length > 0)
    throw new Refusal(422, 'no-room', 'Some fields do not fit into the contact; see issues.', { issues });
};

const refuseTaken = (taken: readonly Identity[]): void => {
  throw new Refusal(
    409,
    'address-taken',
    `The ${taken.map(({ kind }) => kind).join(' and ')} belongs to another contact.`,
  );
};

const unknownContact = (): Refusal => new Refusal(404, 'unknown-contact', 'There is no contact of this id.');

const change = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const patch = await readPatch(store, request);
  const { consent = {}, consentText, consentOrigin, ...update } = patch;
  const settings = await contactSettingsOf(store);
  const words = Object.entries(consent).map(([channel, given]) => ({
    ...{ channel, given, source: 'api' },
    ...(given && consentText !== undefined && { text: consentText }),
    ...(consentOrigin !== undefined && { origin: consentOrigin }),
  }));
  const outcome = await editContact(store, parameter(request, 'id'), {
    id: `api-${newId()}`,
    by: 'api',
    at: iso(store.clock.now()),
    depth: 0,
    update: { ...update, consent: words },
    check(contact) {
      requireMatch(request, etag(contact.rev));
      refuseRegrant(contact, { consent });
      refuseStage(contact, patch, settings);
      refuseFull(contact, patch, settings);
    },
    onTaken: refuseTaken,
  });
  if (!outcome) throw unknownContact();
  return json(200, outcome.contact, { etag: etag(outcome.contact.rev) });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, (request) => change(store, request));
};
