import { useMutation } from '@tanstack/react-query';
import type { Contact } from '#model/contact';
import type { Api } from '../../../api/api.ts';
import { RoleButton } from '../../../parts/button.tsx';
import { describeFailure } from '../../../parts/describe-failure.ts';
import { Icon } from '../../../parts/icon.tsx';
import { saveFile } from '../../../parts/save-file.ts';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { words } from '../../../words/words.ts';
import { contactAt } from '../queries.ts';
import { type ExportPage, joinPages } from './join-pages.ts';

const said = words.contacts;

const readAll = async (api: Api, id: string): Promise<ExportPage> => {
  const pages: ExportPage[] = [];
  let after: string | undefined;
  do {
    const query: string = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const page = await api.get<ExportPage>(`${contactAt(id)}/export${query}`);
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return joinPages(pages);
};

/** Everything, as the contact may ask for it. */
export const ExportOne = ({ contact: { id } }: { contact: Contact }) => {
  const { api } = useSession();
  const tell = useTell();
  const work = useMutation({
    mutationFn: () => readAll(api, id),
    onSuccess: (all) => {
      saveFile(`contact-${id}.json`, 'application/json', `${JSON.stringify(all, null, 2)}\n`);
      tell(said.exported);
    },
    onError: (error) => tell(describeFailure(error).title, 'bad'),
  });
  return (
    <RoleButton needs="publisher" busy={work.isPending} onClick={() => work.mutate()}>
      <Icon name="download" />
      {said.export}
    </RoleButton>
  );
};
