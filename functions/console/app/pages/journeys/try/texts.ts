/** A document that mails and other messages are made of. */
export interface TextPart {
  kind: 'templates' | 'layouts' | 'partials';
  id: string;
}

/** Every text in a document, whatever its member is called. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const rendered = /\{%-?\s*render\s+['"]([\w-]+)['"]/g;

/** The layout around it and the partials in it. */
const partsNamed = (document: unknown): TextPart[] => {
  const { layout } = (document ?? {}) as { layout?: unknown };
  return [
    ...(typeof layout === 'string' ? [{ kind: 'layouts', id: layout } as const] : []),
    ...textsIn(document).flatMap((text) =>
      [...text.matchAll(rendered)].map(([, id = '']) => ({ kind: 'partials', id }) as const),
    ),
  ];
};

const keyOf = ({ kind, id }: TextPart): string => `${kind}/${id}`;

/** Templates and all that they take in, each once; what cannot be read is left out. */
export const readTexts = async (
  templates: readonly string[],
  read: (part: TextPart) => Promise<unknown>,
): Promise<unknown[]> => {
  const known = new Map<string, unknown>();
  let next = templates.map((id): TextPart => ({ kind: 'templates', id }));
  while (next.length > 0) {
    const documents = await Promise.all(next.map((part) => read(part).catch(() => undefined)));
    for (const [i, part] of next.entries()) known.set(keyOf(part), documents[i]);
    const named = new Map(documents.flatMap(partsNamed).map((part) => [keyOf(part), part]));
    next = [...named].flatMap(([key, part]) => (known.has(key) ? [] : [part]));
  }
  return [...known.values()].filter((document) => document !== undefined);
};
