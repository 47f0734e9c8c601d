import { type HttpAnswer, html, json, redirect } from '#http/answer';
import { isFormPost } from '#http/form-body';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Refusal } from '#kernel/errors';
import { askingOf, type Form, wordsOf } from '#model/form';
import { formPage, type Post } from './form-page.ts';

/** A browser that leaves its page for the answer, unlike a script that reads it. */
const isNavigation = (request: HttpRequest): boolean =>
  isFormPost(request) && (request.headers.accept ?? '').includes('text/html');

const lookForMail = 'If you agreed to hear from us, look for our mail and confirm your address there.';

/** The same for people, repeated posts and robots: nobody learns which one they were taken for. */
export const thank = (
  request: HttpRequest,
  form: Form,
  id: string,
  ignored: readonly string[],
): HttpAnswer => {
  if (!isNavigation(request))
    return json(202, { status: 'accepted', id, ...(ignored.length > 0 ? { ignored } : {}) });
  if (form.thanks !== undefined) return redirect(303, form.thanks);
  const asks = askingOf(form) ? ` ${lookForMail}` : '';
  const text = wordsOf(form, 'thanks-text', `We have received your answers.${asks}`);
  const title = wordsOf(form, 'thanks-title', 'Thank you');
  return html(200, page(title, `<p>${escapeHtml(text)}</p>`, form.language));
};

/** What the one who filled in the form can do something about; the rest is for who made the page. */
const isForPeople = ({ code, status }: Refusal): boolean =>
  status === 429 || code === 'challenge-failed' || code === 'invalid-fields' || code === 'body-too-large';

const notTheirs =
  'This form cannot take answers from this page. Nothing was sent; please tell the people whose page it is.';

const items = (refusal: Refusal): string =>
  refusal.issues.length === 0 || !isForPeople(refusal)
    ? `<p>${escapeHtml(isForPeople(refusal) ? refusal.message : `${notTheirs} (${refusal.code})`)}</p>`
    : `<ul>${refusal.issues.map((issue) => `<li>${escapeHtml(issue.message)}</li>`).join('')}</ul>`;

/**
 * People get a page that says what to mend, and where it is known, the form with what they typed.
 * @param post what was read of the request before it was refused
 */
export const showRefusal = (
  refusal: Refusal,
  request: HttpRequest,
  post: Post | undefined,
): HttpAnswer | undefined => {
  if (!isNavigation(request)) return undefined;
  if (post && refusal.code === 'invalid-fields')
    return html(
      422,
      formPage(refusal, post, request),
      // Without a referrer the browser would post the form with the origin "null".
      { ...refusal.headers, 'referrer-policy': 'same-origin' },
      post.form.thanks,
    );
  const back = "<p>Go back to the form with your browser's back button.</p>";
  return html(refusal.status, page('This could not be sent', `${items(refusal)}${back}`), refusal.headers);
};
