// The content of a document as a Word file by the npm package docx: seconds of the processor of five rounds, as JSON.
const { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } = require("docx");
const content = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));

const said = (text) => new Paragraph({ children: [new TextRun(text)] });
const row = (texts) => new TableRow({ children: texts.map((text) => new TableCell({ children: [said(text)] })) });

function printed(part) {
  if (part.kind === "table") return new Table({ rows: part.rows.map(row) });
  const texts = part.texts.map((text) => `${part.number} ${text}`);
  return texts.length === 1 ? said(texts[0]) : new Table({ rows: [row(texts)] });
}

async function main() {
  const times = [];
  for (let round = 0; round < 6; round++) {
    const begin = process.cpuUsage();
    await Packer.toBuffer(new Document({ sections: [{ children: content.map(printed) }] }));
    const used = process.cpuUsage(begin);
    if (round) times.push((used.user + used.system) / 1e6);
  }
  console.log(JSON.stringify(times));
}
main();
