import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type * as z from 'zod';
import type { madeTokenSchema, tokenSchema } from '#functions/api/manage-tokens/schemas';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Card } from '../../parts/page.tsx';
import { Points } from '../../parts/points.tsx';
import { Table } from '../../parts/table.tsx';
import { useTell } from '../../parts/tell.ts';
import { useSession } from '../../session/session.tsx';
import { date, dateTime } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { MadeSecret, NewToken } from './new-token.tsx';

const said = words.settings.tokens;
const { columns } = said;

type Token = z.output<typeof tokenSchema>;
export type MadeToken = z.output<typeof madeTokenSchema>;
type Asked = { act: 'rotate' | 'revoke'; token: Token };

const Tokens = () => {
  const { api } = useSession();
  const [isAdding, add] = useState(false);
  const [asked, ask] = useState<Asked>();
  const [made, tellMade] = useState<MadeToken>();
  const query = useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await api.get<{ tokens: Token[] }>('/v1/tokens', signal)).tokens,
  });
  return (
    <>
      <Card
        title={words.settings.tabs.tokens}
        flush
        actions={
          <Button tone="main" onClick={() => add(true)}>
            <Icon name="plus" />
            {said.add}
          </Button>
        }
      >
        <Loaded query={query}>{(tokens) => <List tokens={tokens} onAsk={ask} />}</Loaded>
      </Card>
      {isAdding && <NewToken onMade={tellMade} onClose={() => add(false)} />}
      {asked?.act === 'rotate' && (
        <Rotate token={asked.token} onMade={tellMade} onClose={() => ask(undefined)} />
      )}
      {asked?.act === 'revoke' && <Revoke token={asked.token} onClose={() => ask(undefined)} />}
      {made && <MadeSecret made={made} onClose={() => tellMade(undefined)} />}
    </>
  );
};

export default Tokens;

const List = ({ tokens, onAsk }: { tokens: readonly Token[]; onAsk(asked: Asked): void }) => {
  const { me } = useSession();
  return (
    <Table
      label={words.settings.tabs.tokens}
      columns={[
        { name: columns.name },
        { name: columns.role },
        { name: columns.made, wide: true },
        { name: columns.until },
        { name: columns.used, wide: true },
        { name: columns.act },
      ]}
    >
      {tokens.map((token) => (
        <tr key={token.id}>
          <th scope="row">
            {token.name} {token.id === me.id && <Badge tone="info">{said.own}</Badge>}
          </th>
          <td>{words.common.roles[token.role]}</td>
          <td className="wide soft">{date(token.createdAt)}</td>
          <td className="soft">{untilOf(token)}</td>
          <td className="wide soft">{token.lastUsed ? dateTime(token.lastUsed) : said.never}</td>
          <td>
            {token.status === 'active' && (
              <div className="row">
                <Button onClick={() => onAsk({ act: 'rotate', token })}>{said.rotate}</Button>
                <Button onClick={() => onAsk({ act: 'revoke', token })}>{said.revoke}</Button>
              </div>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
};

const untilOf = ({ status, validUntil }: Token): string => {
  if (status === 'ended') return said.ended;
  return validUntil === undefined ? said.forever : dateTime(validUntil);
};

const at = ({ id }: Token): string => `/v1/tokens/${encodeURIComponent(id)}`;

interface RotateProps {
  token: Token;
  onMade(made: MadeToken): void;
  onClose(): void;
}

const Rotate = ({ token, onMade, onClose }: RotateProps) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const [leaked, setLeaked] = useState(false);
  const work = useMutation({
    mutationFn: async () =>
      (await api.ask<MadeToken>('POST', `${at(token)}/rotate`, { body: { leaked } })).data,
    onSuccess: (made) => {
      onClose();
      onMade(made);
      return queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  return (
    <Confirm
      title={said.confirmRotate.title(token.name)}
      verb={said.rotate}
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <Points points={said.confirmRotate.points} />
      <label className="check">
        <input type="checkbox" checked={leaked} onChange={() => setLeaked(!leaked)} />
        {said.confirmRotate.leaked}
      </label>
    </Confirm>
  );
};

const Revoke = ({ token, onClose }: { token: Token; onClose(): void }) => {
  const { api } = useSession();
  const queries = useQueryClient();
  const tell = useTell();
  const work = useMutation({
    mutationFn: () => api.ask('DELETE', at(token)),
    onSuccess: () => {
      tell(said.revoked(token.name));
      onClose();
      return queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  return (
    <Confirm
      title={said.confirmRevoke.title(token.name)}
      verb={said.revoke}
      tone="bad"
      busy={work.isPending}
      error={work.error}
      onConfirm={() => work.mutate()}
      onClose={onClose}
    >
      <Points points={said.confirmRevoke.points} />
    </Confirm>
  );
};
