/** What a committed request of DynamoDB means for the rule "no claim after a stop". */
export type Commit =
  | { kind: 'claim'; send: string; channel: string }
  | { kind: 'suppressed' | 'erased' | 'paused' | 'resumed' };

type Wire = Record<string, { S?: string } | undefined>;

const commitOf = (item: Wire): Commit | undefined => {
  const [pk = '', sk = ''] = [item.pk?.S, item.sk?.S];
  if (sk.startsWith('M#') && item.status?.S === 'claimed')
    return { kind: 'claim', send: item.id?.S ?? '', channel: item.channel?.S ?? '' };
  if (pk.startsWith('S#contact#')) return { kind: 'erased' };
  if (pk.startsWith('S#email#')) return { kind: 'suppressed' };
  if (pk.startsWith('GATE#') && pk.endsWith('#0'))
    return { kind: item.state?.S === 'paused' ? 'paused' : 'resumed' };
  return undefined;
};

interface Request {
  Item?: Wire;
  TransactItems?: { Put?: { Item?: Wire } }[];
}

export const commitsIn = (operation: string, input: unknown): Commit[] => {
  const { Item, TransactItems = [] } = input as Request;
  const items = operation === 'PutItem' ? [Item] : TransactItems.map(({ Put }) => Put?.Item);
  return items.flatMap((item) => (item ? (commitOf(item) ?? []) : []));
};
