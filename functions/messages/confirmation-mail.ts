import type { CompiledTemplate } from '#model/journey';

/**
 * What asks for the click where a form names no template of its own. Nothing in it comes from what was
 * typed into the form but the address: else a stranger could write to anybody in the client's name.
 */
export const plainQuestion: CompiledTemplate = {
  id: 'confirmation',
  channel: 'email',
  subject: 'Please confirm your e-mail address',
  text: `Somebody, we hope you, entered this address at {{ brand.name }} and agreed to this:

"{{ data.text }}"

Please confirm it here:
{{ links.confirm }}

If it was not you, do nothing: we will write no more. To keep us from ever asking again:
{{ links.unsubscribe }}

{{ brand.name }}
{{ brand.postalAddress }}`,
  html: `<!doctype html><html lang="en"><body style="margin:0;padding:32px 16px;background:#f3f4f6;font:16px/1.6 Helvetica,Arial,sans-serif;color:#1f2937"><div style="max-width:560px;margin:0 auto;padding:32px;border-radius:12px;background:#fff"><h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">Is this your address?</h1><p>Somebody, we hope you, entered it at {{ brand.name }} and agreed to this:</p><p style="margin:16px 0;padding:12px 16px;border-left:4px solid #d1d5db;color:#374151">{{ data.text }}</p><p style="margin:28px 0"><a href="{{ links.confirm }}" style="display:inline-block;padding:14px 24px;border-radius:8px;background:{{ brand.color | default: '#1f2937' }};color:#fff;font-weight:bold;text-decoration:none">Yes, confirm my address</a></p><p style="font-size:14px;color:#6b7280">If it was not you, do nothing: we will write no more. <a href="{{ links.unsubscribe }}" style="color:#6b7280">Never ask me again</a>.</p></div><p style="max-width:560px;margin:16px auto 0;text-align:center;font-size:12px;color:#6b7280">{{ brand.postalAddress }}</p></body></html>`,
};
