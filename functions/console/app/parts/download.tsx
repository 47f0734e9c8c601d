import { useMutation } from '@tanstack/react-query';
import { useSession } from '../session/session.tsx';
import { Button } from './button.tsx';
import { describeFailure } from './describe-failure.ts';
import { Icon } from './icon.tsx';
import { saveFile } from './save-file.ts';
import { useTell } from './tell.ts';

export interface DownloadProps {
  /** Of the API; asked with the session's token, which no plain link would carry. */
  path: string;
  /** Asked for by POST. */
  body?: object;
  file: string;
  type: string;
  name: string;
}

export const Download = ({ path, body, file, type, name }: DownloadProps) => {
  const { api } = useSession();
  const tell = useTell();
  const work = useMutation({
    mutationFn: () => api.text(path, undefined, body),
    onSuccess: ({ data }) => saveFile(file, type, data),
    onError: (error) => tell(describeFailure(error).title, 'bad'),
  });
  return (
    <Button tone="plain" busy={work.isPending} onClick={() => work.mutate()}>
      <Icon name="download" />
      {name}
    </Button>
  );
};
