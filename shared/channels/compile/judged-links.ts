import { addressesOf } from './elements.ts';
import { type Judgement, judgeAddress } from './judge-address.ts';
import type { TemplateRule } from './rule.ts';

/** Finds links and images whose address is judged so. */
export const judgedLinks =
  (code: Judgement['code']): TemplateRule['check'] =>
  ({ contents }) =>
    contents.flatMap(({ bodies, content }) =>
      bodies
        .flatMap((body) => addressesOf(body, content.html !== undefined))
        .flatMap(({ value, spot, isImage }) => {
          const found = judgeAddress(value, isImage);
          return found?.code === code ? [{ spot, message: found.message, hint: found.hint }] : [];
        }),
    );
