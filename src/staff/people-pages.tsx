/**
 * The administration of a centre: who works here, as what, and who is invited. Whatever lets somebody in or lets her
 * do more asks for a fresh sign-in; what shuts somebody out must be quick.
 */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { afresh, isFresh, postOf, readStaffForm, visitorOf } from './guard.ts'
import { invite, renew } from './invite.ts'
import { Said } from './people-parts.tsx'
import { LinkView, PeopleView } from './people-views.tsx'
import { PersonView } from './person-view.tsx'
import { Role, rolesAt } from './roles.ts'
import { endSession, sessionsOf } from './session-store.ts'
import {
  changeRoles,
  closePerson,
  openInvitations,
  peopleOf,
  personOf,
  reopenPerson,
  revokeInvitation,
} from './store.ts'

type App = { Bindings: Hub }

const Told = z.object({ said: Said.optional() })

/** One ticked box comes as a text, several as a list. */
const Roles = z
  .union([z.array(Role), Role.transform((role) => [role])])
  .default([])
  .transform((list) => [...new Set(list)])

const Invite = z.object({ name: z.string().trim().max(120).default(''), roles: Roles })

export const peoplePages = new Hono<App>()
  .get('/verwaltung', (c) => showPeople(c, readQuery(c, Told).said))
  .post('/verwaltung/einladungen', afresh, async (c) => {
    const { name, roles } = parseInput(Invite, await readStaffForm(c))
    const centre = postOf(c)
    if (roles.length === 0) return showPeople(c, 'no-role')
    refuseForeignRoles(c, roles)
    const link = await invite(c.env, { centre: centre.centre, roles, name, by: by(c) })
    return c.html(<LinkView site={siteOf(c)} link={link} name={name} renewed={false} />, 201)
  })
  .post('/verwaltung/einladungen/:id/zuruecknehmen', async (c) => {
    await readStaffForm(c)
    const id = idIn(c)
    const [revoked] = await revokeInvitation(c.env.sql, { id, ...act(c) })
    if (!revoked) throw new Problem('not-found')
    return c.redirect('/verwaltung?said=revoked', 303)
  })
  .get('/verwaltung/personen/:id', (c) => showPerson(c, readQuery(c, Told).said))
  .post('/verwaltung/personen/:id/rollen', afresh, async (c) => {
    const { roles } = parseInput(z.object({ roles: Roles }), await readStaffForm(c))
    if (roles.length === 0) return said(c, 'no-role')
    refuseForeignRoles(c, roles)
    const [changed] = await changeRoles(c.env.sql, { person: idIn(c), roles, ...act(c) })
    return said(c, changed?.outcome)
  })
  .post('/verwaltung/personen/:id/zugang', afresh, async (c) => {
    await readStaffForm(c)
    const link = await renew(c.env, { person: idIn(c), ...act(c) })
    return c.html(<LinkView site={siteOf(c)} link={link} name="" renewed />, 201)
  })
  .post('/verwaltung/personen/:id/schliessen', async (c) => {
    await readStaffForm(c)
    const [closed] = await closePerson(c.env.sql, { person: idIn(c), ...act(c) })
    return said(c, closed?.outcome)
  })
  .post('/verwaltung/personen/:id/oeffnen', afresh, async (c) => {
    await readStaffForm(c)
    const [reopened] = await reopenPerson(c.env.sql, { person: idIn(c), ...act(c) })
    return said(c, reopened ? 'reopened' : 'unknown')
  })
  .post('/verwaltung/personen/:id/sitzungen', async (c) => {
    const { session } = parseInput(z.object({ session: z.uuid() }), await readStaffForm(c))
    await knownPerson(c)
    const { now } = act(c)
    const [ended] = await endSession(c.env.sql, { person: idIn(c), session, by: by(c), now })
    return said(c, ended ? 'ended' : 'unknown')
  })

const by = (c: Context<App>) => visitorOf(c).person

/** For which centre, by whom, and when. */
const act = (c: Context<App>) => ({ centre: postOf(c).centre, by: by(c), now: c.env.now() })

/** An id that is none is nobody's. */
const idIn = (c: Context<App>) => {
  const id = z.uuid().safeParse(c.req.param('id')).data
  if (!id) throw new Problem('not-found')
  return id
}

/** Back to the person's page, which says what was done; who is none of the centre's is nobody. */
const said = (c: Context<App>, what: Said | 'unknown' | undefined) => {
  if (what === undefined || what === 'unknown') throw new Problem('not-found')
  return c.redirect(`/verwaltung/personen/${idIn(c)}?said=${what}`, 303)
}

const refuseForeignRoles = (c: Context<App>, wanted: Role[]) => {
  const possible: Role[] = rolesAt(postOf(c)).map(({ id }) => id)
  if (!wanted.every((role) => possible.includes(role))) throw new Problem('invalid-input')
}

const knownPerson = async (c: Context<App>) => {
  const [person] = await personOf(c.env.sql, postOf(c).centre, idIn(c))
  if (!person) throw new Problem('not-found')
  return person
}

const showPeople = async (c: Context<App>, what?: Said) => {
  const post = postOf(c)
  const [people, invitations] = await Promise.all([
    peopleOf(c.env.sql, post.centre),
    openInvitations(c.env.sql, post.centre, c.env.now()),
  ])
  return c.html(
    <PeopleView
      site={siteOf(c)}
      post={post}
      people={people}
      invitations={invitations}
      fresh={isFresh(c)}
      said={what}
    />,
    what === 'no-role' ? 400 : 200,
  )
}

const showPerson = async (c: Context<App>, what?: Said) => {
  const person = await knownPerson(c)
  const sessions = await sessionsOf(c.env.sql, person.id, c.env.now())
  return c.html(
    <PersonView
      site={siteOf(c)}
      post={postOf(c)}
      person={person}
      self={by(c) === person.id}
      sessions={sessions}
      fresh={isFresh(c)}
      said={what}
    />,
  )
}
