import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { Choice } from './choice.tsx';
import { Download } from './download.tsx';
import { Card } from './page.tsx';

const said = words.figures;

export interface FiguresCardProps<T extends string> {
  options: readonly { value: T; name: string }[];
  value: T;
  onChoose(value: T): void;
  /** Of the API, with its query. */
  path: string;
  table: string;
  plot?: string | undefined;
  children: ReactNode;
}

/** One of several tables of the reports, as a file too. */
export const FiguresCard = <T extends string>(props: FiguresCardProps<T>) => {
  const { options, value, onChoose, path, table, plot, children } = props;
  const asked = `${path}${path.includes('?') ? '&' : '?'}format=`;
  return (
    <Card
      title={said.title}
      actions={
        <>
          <Download
            {...{ path: `${asked}csv&table=${table}`, file: `${table}.csv`, type: 'text/csv' }}
            name={said.csv}
          />
          {plot !== undefined && (
            <Download
              {...{ path: `${asked}svg&plot=${plot}`, file: `${plot}.svg`, type: 'image/svg+xml' }}
              name={said.svg}
            />
          )}
        </>
      }
    >
      <Choice label={said.choose} options={options} value={value} onChoose={onChoose} />
      <p className="soft small">{said.lead}</p>
      {children}
    </Card>
  );
};
