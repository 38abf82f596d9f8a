// Reads calendars with ical.js: a JSON array of texts comes in, an array of their events goes out.
// Many at once, since starting node takes longer than reading a hundred of them.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents().map((part) => {
    const event = new ICAL.Event(part);
    return {
      method: calendar.getFirstPropertyValue("method") ?? "",
      kind: part.name.toUpperCase(),
      uid: event.uid,
      sequence: event.sequence,
      starts_at: event.startDate.toJSDate().toISOString(),
      ends_at: event.endDate.toJSDate().toISOString(),
      title: event.summary,
      words: event.description ?? "",
      asked: event.attendees.map((one) => one.getFirstValue()),
    };
  });
};

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(read)));
