import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button, RoleButton } from '../../../parts/button.tsx';
import { describeFailure } from '../../../parts/describe-failure.ts';
import { Icon } from '../../../parts/icon.tsx';
import { saveFile } from '../../../parts/save-file.ts';
import { useTell } from '../../../parts/tell.ts';
import { useSession } from '../../../session/session.tsx';
import { number } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import { exportAll } from './export-all.ts';

const said = words.contacts.exportAll;

/** The whole list as one file, fetched page by page; it can be broken off, and ends with the page. */
export const ExportButton = () => {
  const { api } = useSession();
  const tell = useTell();
  const [done, setDone] = useState(0);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const work = useMutation({
    mutationFn: () => {
      const controller = new AbortController();
      stop.current = controller;
      setDone(0);
      return exportAll(api, { signal: controller.signal, told: setDone });
    },
    onSuccess: (parts) => saveFile('contacts.csv', 'text/csv', parts),
    onError: (error) => {
      if (stop.current?.signal.aborted !== true) tell(describeFailure(error).title, 'bad');
    },
  });
  if (!work.isPending)
    return (
      <RoleButton needs="publisher" onClick={() => work.mutate()}>
        <Icon name="download" />
        {said.button}
      </RoleButton>
    );
  return (
    <>
      <span role="status" className="small soft">
        {said.done(number(done))}
      </span>
      <Button onClick={() => stop.current?.abort()}>{words.common.cancel}</Button>
    </>
  );
};
