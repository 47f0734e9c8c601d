import type { CompiledTemplate } from '#model/journey';
import type { Voice } from '#model/words/say';

/** A client's own words are no template: what looks like one is shown as it stands. */
const plain = (text: string): string => text.replace(/[{}]/g, (mark) => `{{ '${mark}' }}`);
const markup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{', '&#123;').replaceAll('}', '&#125;');

/**
 * What asks for the click where a form names no template of its own. Nothing in it comes from what was
 * typed into the form but the address: else a stranger could write to anybody in the client's name.
 */
export const plainQuestion = ({ language, say }: Voice, brand: string): CompiledTemplate => {
  const of = { brand };
  return {
    id: 'confirmation',
    channel: 'email',
    subject: plain(say('confirm-mail-subject', of)),
    text: `${plain(say('confirm-mail-text', of))}

"{{ data.text }}"

${plain(say('confirm-mail-please', of))}
{{ links.confirm }}

${plain(say('confirm-mail-otherwise', of))}
${plain(say('confirm-mail-never', of))}:
{{ links.unsubscribe }}

{{ brand.name }}
{{ brand.postalAddress }}`,
    html: `<!doctype html><html lang="${language}"><body style="margin:0;padding:32px 16px;background:#f3f4f6;font:16px/1.6 Helvetica,Arial,sans-serif;color:#1f2937"><div style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#fff"><h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${markup(say('confirm-title', of))}</h1><p>${markup(say('confirm-mail-text', of))}</p><p style="margin:16px 0;padding:12px 16px;border-left:4px solid #d1d5db;color:#374151">{{ data.text }}</p><p style="margin:28px 0"><a href="{{ links.confirm }}" style="display:inline-block;padding:14px 24px;border-radius:8px;background:{{ brand.color | default: '#1f2937' }};color:#fff;font-weight:bold;text-decoration:none">${markup(say('confirm-button', of))}</a></p><p style="font-size:14px;color:#6b7280">${markup(say('confirm-mail-otherwise', of))} <a href="{{ links.unsubscribe }}" style="color:#6b7280">${markup(say('confirm-mail-never', of))}</a>.</p></div><p style="max-width:560px;margin:16px auto 0;text-align:center;font-size:12px;color:#6b7280">{{ brand.postalAddress }}</p></body></html>`,
  };
};
