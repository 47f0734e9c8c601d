import { type HttpAnswer, html, json, redirect } from '#http/answer';
import { isFormPost } from '#http/form-body';
import { escapeHtml, page } from '#http/page';
import type { HttpRequest } from '#http/request';
import type { Refusal } from '#kernel/errors';
import type { Form } from '#model/form';

/** A browser that leaves its page for the answer, unlike a script that reads it. */
const isNavigation = (request: HttpRequest): boolean =>
  isFormPost(request) && (request.headers.accept ?? '').includes('text/html');

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
  return html(200, page('Thank you', '<p>We have received your answers.</p>'));
};

const items = (refusal: Refusal): string =>
  refusal.issues.length === 0
    ? `<p>${escapeHtml(refusal.message)}</p>`
    : `<ul>${refusal.issues.map((issue) => `<li>${escapeHtml(issue.message)}</li>`).join('')}</ul>`;

/** People get a page that says what to mend; what they typed is still there when they go back. */
export const showRefusal = (refusal: Refusal, request: HttpRequest): HttpAnswer | undefined =>
  isNavigation(request)
    ? html(
        refusal.status,
        page(
          refusal.status === 422 ? 'Please check your answers' : 'This could not be sent',
          `${items(refusal)}<p>Go back to the form with your browser's back button.</p>`,
        ),
        refusal.headers,
      )
    : undefined;
