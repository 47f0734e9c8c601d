/** `{{ contact.firstName | default: 'you' }}` reads ‹firstName›; what is said only at times is said. */
export const readable = (text: string): string =>
  text.replace(/\{%[^}]*%\}/g, '').replace(/\{\{\s*[\w.]*?(\w+)\s*(?:\|[^}]*)?\}\}/g, '‹$1›');
