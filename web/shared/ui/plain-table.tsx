import type { ReactNode } from 'react';
import './plain-table.css';

interface PlainTableProps {
  /** What the table shows, for who does not see it. */
  readonly label: string;
  readonly heads: readonly string[];
  /** Below this it scrolls by itself, in pixels, and the page does not. */
  readonly minWidth?: number;
  readonly children: ReactNode;
}

/** A table whose rows are its children. */
export const PlainTable = ({ label, heads, minWidth = 0, children }: PlainTableProps) => (
  <section className="plain-table" aria-label={label} tabIndex={minWidth > 0 ? 0 : -1}>
    <table style={{ minWidth }}>
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
