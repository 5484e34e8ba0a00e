import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { dateOf, isoDateOf } from '../web/texts.ts'
import { roleLabel, roles } from './roles.ts'
import type { Post, Visitor } from './visitor.ts'
import type { Waiting } from './waiting.ts'

type WorkViewProps = { site: Site; visitor: Visitor; waiting: Waiting[] }

export const WorkView = ({ site, visitor, waiting }: WorkViewProps) => (
  <Page site={site} title="Arbeit" hidden>
    <header class="tn-intro">
      <h1>Was auf Sie wartet</h1>
    </header>
    <div class="tn-columns">
      <section aria-label="Aufgaben">
        {waiting.length > 0 ? (
          <ul class="tn-waiting">
            {waiting.map((item) => (
              <WaitingItem item={item} />
            ))}
          </ul>
        ) : (
          <p class="tn-empty">Im Augenblick nichts.</p>
        )}
      </section>
      <aside class="tn-side" aria-label="Ihre Rollen">
        <div class="tn-panel">{visitor.post ? <Posts visitor={visitor} /> : <NoPost />}</div>
      </aside>
    </div>
  </Page>
)

const WaitingItem = ({ item: { title, text, path, action, due } }: { item: Waiting }) => (
  <li>
    <h2>{title}</h2>
    <p>{text}</p>
    {due !== undefined && (
      <p class="tn-muted">
        Bis <time datetime={isoDateOf(due)}>{dateOf(due)}</time>
      </p>
    )}
    <p>
      <a href={path}>
        {action}
        <span class="kern-sr-only">: {title}</span>
      </a>
    </p>
  </li>
)

const NoPost = () => (
  <>
    <h2>Keine Rolle</h2>
    <p>
      Sie sind angemeldet, haben aber zurzeit keine Rolle. Wenden Sie sich an die Verwaltung Ihres
      Zentrums.
    </p>
  </>
)

/** What she is here, and where she changes it when she works for several centres. */
const Posts = ({ visitor: { post, posts } }: { visitor: Visitor }) => (
  <>
    <h2>Ihre Rollen</h2>
    {posts.map((each) => (
      <section class="tn-post" aria-label={each.name}>
        {posts.length > 1 && (
          <h3>
            <bdi>{each.name}</bdi>
          </h3>
        )}
        <ul class="tn-list">
          {roles
            .filter(({ id }) => each.roles.includes(id))
            .map(({ id, may }) => (
              <li>
                <strong>{roleLabel(id)}</strong> – {may}
              </li>
            ))}
        </ul>
        {posts.length > 1 && <Change post={each} current={each.centre === post?.centre} />}
      </section>
    ))}
  </>
)

const Change = ({ post, current }: { post: Post; current: boolean }) =>
  current ? (
    <p class="tn-muted">Für dieses Zentrum arbeiten Sie gerade.</p>
  ) : (
    <form method="post" action="/arbeit/zentrum">
      <input type="hidden" name="centre" value={post.centre} />
      <Submit look="secondary" label="Hierher wechseln" about={post.name} />
    </form>
  )
