// Reads an .ics file as another calendar program would, and prints what it sees.
//
//   node read_ics.mjs FILE CLIENT [FROM] [TO]
//
// CLIENT is ical.js (Thunderbird's reader; takes the offsets from the file's own VTIMEZONE) or
// node-ical (takes them from the IANA name in TZID). The answer is a JSON list, in order of
// start and uid, of every occurrence with RRULE, RDATE, EXDATE and RECURRENCE-ID expanded:
//   {uid, start, end, summary, status}
// Times are ISO 8601 in UTC; all-day events give plain dates. status is null where the file has
// none. FROM and TO (ISO dates, 1970 and 2100 when left out) bound the occurrences' start.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const DAY_MS = 86_400_000;

function readWithIcalJs(text, from, to) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent");
  const exceptionsOf = (uid) =>
    events.filter((e) => e.hasProperty("recurrence-id") && e.getFirstPropertyValue("uid") === uid);
  return events
    .filter((component) => !component.hasProperty("recurrence-id"))
    .map((component) => {
      const uid = component.getFirstPropertyValue("uid");
      return new ICAL.Event(component, { exceptions: exceptionsOf(uid), strictExceptions: true });
    })
    .flatMap((event) => occurrencesOf(event, to))
    .filter(({ start }) => Date.parse(start) >= from.getTime() && Date.parse(start) <= to.getTime());
}

function occurrencesOf(event, to) {
  if (!event.isRecurring()) return [icalJsOccurrence(event, event.startDate, event.endDate)];
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.toJSDate() <= to; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    found.push(icalJsOccurrence(item, startDate, endDate));
  }
  return found;
}

function icalJsOccurrence(event, start, end) {
  const text = (time) => (time.isDate ? time.toString() : utc(time.toJSDate()));
  return {
    uid: event.uid,
    start: text(start),
    end: text(end),
    summary: event.summary,
    status: event.component.getFirstPropertyValue("status"),
  };
}

function readWithNodeIcal(text, from, to) {
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((entry) => entry?.type === "VEVENT")
    .flatMap((entry) => nodeIcal.expandRecurringEvent(entry, { from, to }))
    .map(({ start, end, summary, isFullDay, event }) => ({
      uid: event.uid,
      start: isFullDay ? localDate(start) : utc(start),
      end: isFullDay ? localDate(end) : utc(end),
      summary: summary?.val ?? summary,
      status: event.status ?? null,
    }));
}

const utc = (date) => date.toISOString().replace(".000Z", "Z");

// node-ical gives an all-day event as midnight in the reader's own zone.
function localDate(date) {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

function byStartAndUid(a, b) {
  const key = (o) => `${o.start} ${o.uid}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}

const clients = { "ical.js": readWithIcalJs, "node-ical": readWithNodeIcal };
const [file, client, from = "1970-01-01", to = "2100-01-01"] = process.argv.slice(2);
if (file === undefined || !(client in clients)) {
  console.error(`usage: node read_ics.mjs FILE ${Object.keys(clients).join("|")} [FROM] [TO]`);
  process.exit(2);
}
const end = new Date(Date.parse(to) + DAY_MS - 1);
const occurrences = clients[client](readFileSync(file, "utf8"), new Date(from), end);
console.log(JSON.stringify(occurrences.sort(byStartAndUid), null, 1));
