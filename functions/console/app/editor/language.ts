import {
  type CompletionItem,
  getLanguageService,
  type JSONSchema,
  MarkupContent,
  TextDocument,
} from 'vscode-json-languageservice';
import journey from '#statemachines/document/journey.schema.json' with { type: 'json' };
import type { Completion, Explained, Kind } from './protocol.ts';
import form from './schemas/form.schema.json' with { type: 'json' };
import segment from './schemas/segment.schema.json' with { type: 'json' };
import template from './schemas/template.schema.json' with { type: 'json' };

const schemas: Readonly<Record<Kind, unknown>> = { journey, segment, form, template };

/** What editors at home know of our documents, with the same schemas. */
const service = getLanguageService({});
service.configure({
  validate: false,
  schemas: Object.entries(schemas).map(([kind, schema]) => ({
    ...{ uri: `wayleaf:${kind}.schema.json`, fileMatch: [`${kind}.json`], schema: schema as JSONSchema },
  })),
});

const open = (kind: Kind, text: string) => {
  const document = TextDocument.create(`wayleaf:/${kind}.json`, 'json', 1, text);
  return { document, tree: service.parseJSONDocument(document) };
};

export const completeAt = async (kind: Kind, text: string, offset: number): Promise<Completion[]> => {
  const { document, tree } = open(kind, text);
  const found = await service.doComplete(document, document.positionAt(offset), tree);
  return (found?.items ?? []).flatMap((item) => completionOf(item, document) ?? []);
};

const completionOf = (item: CompletionItem, document: TextDocument): Completion | undefined => {
  const edit = item.textEdit;
  if (!edit || !('range' in edit)) return undefined;
  return {
    label: item.label,
    insert: edit.newText,
    from: document.offsetAt(edit.range.start),
    to: document.offsetAt(edit.range.end),
    ...(item.detail ? { detail: item.detail } : {}),
    ...(item.documentation ? { info: plain(item.documentation) } : {}),
  };
};

export const explainAt = async (kind: Kind, text: string, offset: number): Promise<Explained | undefined> => {
  const { document, tree } = open(kind, text);
  const hover = await service.doHover(document, document.positionAt(offset), tree);
  if (!hover?.range) return undefined;
  const contents = Array.isArray(hover.contents) ? hover.contents : [hover.contents];
  const words = contents.map((one) =>
    typeof one === 'string' ? one : plain(MarkupContent.is(one) ? one : one.value),
  );
  if (words.join('') === '') return undefined;
  return {
    text: words.join('\n'),
    from: document.offsetAt(hover.range.start),
    to: document.offsetAt(hover.range.end),
  };
};

/** Markdown was escaped for a renderer that we do not have. */
const plain = (content: string | { value: string }): string =>
  (typeof content === 'string' ? content : content.value)
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!>|])/g, '$1')
    .replaceAll('\n\n', '\n');
