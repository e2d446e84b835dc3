import type { ReactNode } from 'react';
import './plain-table.css';

interface PlainTableProps {
  /** What the table shows, for who does not see it. */
  readonly label: string;
  /** At most six; on a telephone they stand beside the cells. */
  readonly heads: readonly string[];
  /** Below this, in pixels, it scrolls by itself and the page does not; on a telephone it need not. */
  readonly minWidth?: number;
  readonly children: ReactNode;
}

/** A table whose rows are its children. */
export const PlainTable = ({ label, heads, minWidth = 0, children }: PlainTableProps) => (
  <section className="plain-table" aria-label={label} tabIndex={minWidth > 0 ? 0 : -1}>
    <table
      ref={(table) => {
        table?.style.setProperty('--least-width', `${minWidth}px`);
        for (const [index, head] of heads.entries()) {
          table?.style.setProperty(`--head-${index + 1}`, JSON.stringify(head));
        }
      }}
    >
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
