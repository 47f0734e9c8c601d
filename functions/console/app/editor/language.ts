import {
  type CompletionItem,
  getLanguageService,
  type JSONSchema,
  MarkupContent,
  TextDocument,
} from 'vscode-json-languageservice';
import schema from '#statemachines/document/journey.schema.json' with { type: 'json' };
import type { Completion, Explained } from './protocol.ts';

const uri = 'wayleaf:journey.json';

/** What editors at home know of journeys, with the same schema. */
const service = getLanguageService({});
service.configure({
  validate: false,
  schemas: [
    { uri: 'wayleaf:journey.schema.json', fileMatch: ['*'], schema: schema as unknown as JSONSchema },
  ],
});

const open = (text: string) => {
  const document = TextDocument.create(uri, 'json', 1, text);
  return { document, tree: service.parseJSONDocument(document) };
};

export const completeAt = async (text: string, offset: number): Promise<Completion[]> => {
  const { document, tree } = open(text);
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

export const explainAt = async (text: string, offset: number): Promise<Explained | undefined> => {
  const { document, tree } = open(text);
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
