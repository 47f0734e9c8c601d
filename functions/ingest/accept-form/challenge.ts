import type { FunctionContext } from '#aws/function-context';
import type { FormValues } from '#http/form-body';
import { Refusal } from '#kernel/errors';
import { parseJson } from '#kernel/json';
import type { Form } from '#model/form';
import type { Catalogue } from '#store/catalogue/catalogue';
import { getSecret } from '#store/catalogue/service-secrets';
import type { Store } from '#store/store';
import type { WebAnswer } from '#web/web';

/** Where each service is asked, and the field that its widget adds to the form. */
const services = {
  turnstile: {
    url: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
    field: 'cf-turnstile-response',
  },
  hcaptcha: { url: 'https://api.hcaptcha.com/siteverify', field: 'h-captcha-response' },
} as const;

const maxToken = 4096;
const maxAnswerBytes = 64 * 1024;

/** Names that widgets add, hCaptcha also one for pages that came from elsewhere. */
export const challengeFields: readonly string[] = [
  ...Object.values(services).map(({ field }) => field),
  'g-recaptcha-response',
];

interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
}

const failed = (): Refusal =>
  new Refusal(
    422,
    'challenge-failed',
    'We could not see that you are no program. Please load the page again and send the form once more.',
  );

const tokenIn = (values: FormValues, field: string): string => {
  const given = values.get(field) ?? [];
  const [token] = given;
  if (given.length !== 1 || typeof token !== 'string' || token === '' || token.length > maxToken)
    throw failed();
  return token;
};

interface Verdict {
  success: boolean;
  hostname?: unknown;
}

const verdictOf = (answer: WebAnswer): Verdict | undefined => {
  if (answer.kind !== 'answered' || answer.status >= 500) return undefined;
  const { value } = parseJson(new TextDecoder().decode(answer.body), { maxBytes: maxAnswerBytes });
  const { success, hostname } = (value ?? {}) as { success?: unknown; hostname?: unknown };
  return typeof success === 'boolean' ? { success, hostname } : undefined;
};

/** A token that was solved on somebody else's page proves nothing. */
const isOurs = ({ hostname }: Verdict, { origins }: Form): boolean =>
  typeof hostname !== 'string' ||
  origins.length === 0 ||
  origins.some((origin) => new URL(origin).hostname === hostname);

/**
 * Asks Turnstile or hCaptcha whether a person posts. Where nobody answers, or no secret was given, the
 * post is taken and the log says so: a lead is worth more than the check.
 */
export const passChallenge = async (
  { store, catalogue, context }: Services,
  form: Form,
  values: FormValues,
): Promise<void> => {
  if (!form.challenge) return;
  const { url, field } = services[form.challenge.provider];
  const response = tokenIn(values, field);
  const name = form.challenge.secret;
  const secret = await catalogue.cached(`secret#${name}`, () => getSecret(store, name));
  if (secret === undefined) return context.log.error('challenge-without-secret', { secret: name });
  const body = new URLSearchParams({ secret, response }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
  };
  const verdict = verdictOf(await context.web.call({ url, method: 'POST', headers, body }));
  if (!verdict) return context.log.warn('challenge-not-answered', { provider: form.challenge.provider });
  if (!verdict.success || !isOurs(verdict, form)) throw failed();
};
