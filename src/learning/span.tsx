/** Which part of a catalogue stands on a page that does not show all of it. `path`: of its first page. */
export const Span = ({ after, shown, path }: { after: number; shown: number; path: string }) => (
  <p class="tn-muted">
    {shown > 0
      ? `Auf dieser Seite: ${after + 1} bis ${after + shown}.`
      : 'So weit reicht die Liste nicht.'}
    {after > 0 && (
      <>
        {' '}
        <a href={path}>Von vorn</a>
      </>
    )}
  </p>
)
