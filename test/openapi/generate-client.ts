import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'cdk.out/api-client');

/** Types of the whole API, made from its description by a tool that knows nothing of us. */
export const generateTypes = async (description: object): Promise<string> => {
  const text = astToString(await openapiTypes(structuredClone(description) as never));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'schema.ts'), text);
  return text;
};

/** What the compiler has against a program that is written against them. */
export const compileErrors = (file: string): string[] => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([join(root, file)], options);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file: at, start = 0 }) => {
    const line = at ? at.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${at?.fileName.slice(root.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
};
