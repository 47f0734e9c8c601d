import { join } from 'node:path';
import { formSchema } from '#model/form';
import { segmentSchema } from '#model/segment';
import { templateSchema } from '#model/template';
import { schemaText } from '#statemachines/document/json-schema';

const folder = join(import.meta.dirname, '../../functions/console/app/editor/schemas');

/** By file: what the console's editors complete and explain by, beside journeys. */
export const editorSchemas = (): Readonly<Record<string, string>> => ({
  [join(folder, 'form.schema.json')]: schemaText(formSchema),
  [join(folder, 'segment.schema.json')]: schemaText(segmentSchema),
  [join(folder, 'template.schema.json')]: schemaText(templateSchema),
});
