import type { Difference } from './difference.ts'

/** What changes, word by word: marked for the eye, and for whoever listens. */
export const Differences = ({ differences }: { differences: Difference[] }) => (
  <div class="tn-differences">
    {differences.map(({ name, label, parts }) => (
      <section aria-labelledby={`unterschied-${name}`}>
        <h3 id={`unterschied-${name}`}>{label}</h3>
        <p class="tn-difference" dir="auto">
          <Parts parts={parts} />
        </p>
      </section>
    ))}
  </div>
)

export const Parts = ({ parts }: Pick<Difference, 'parts'>) => (
  <>
    {parts.map(({ text, change }) => {
      if (change === 'same') return text
      return change === 'added' ? (
        <ins>
          <span class="kern-sr-only">[neu: </span>
          {text}
          <span class="kern-sr-only">]</span>
        </ins>
      ) : (
        <del>
          <span class="kern-sr-only">[gestrichen: </span>
          {text}
          <span class="kern-sr-only">]</span>
        </del>
      )
    })}
  </>
)
