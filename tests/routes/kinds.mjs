// What stands for each {name} of the route table, and whose it is: the probe reads this and knows nothing else of the modules.
// A line is found by the path up to its name. Two sorts:
//   { ids: SQL giving id, by: SQL giving (id, post) }  somebody's: only those posts may see it, and everybody else must not tell it from nothing
//   { ids: SQL giving id }                             whoever the route lets in may see it (public law, the directory, administration)
// Of a thing within a thing, `ids` also gives `parent`, the value before it in the path. `values` in place of `ids`: fixed ones.
const grant = (table, more = "") => `SELECT t.id, w.post FROM ${table} t JOIN access_grant g ON g.record = t.id JOIN access_wearer w ON w.principal = g.principal ${more}`;
const ofPost = (table, column = "post") => `SELECT id, ${column} AS post FROM ${table}`;
const ofOwner = (table) => `SELECT t.id, w.post FROM ${table} t JOIN access_wearer w ON w.principal = t.owner`;
const within = (table, parent) => ({ ids: `SELECT ${parent} AS parent, id FROM ${table}` });
const person = { ids: "SELECT id FROM org_person" }, post = { ids: "SELECT id FROM org_post" }, unit = { ids: "SELECT id FROM org_unit" };
const note = { ids: "SELECT id FROM law_note", by: ofOwner("law_note") };
const collection = { ids: "SELECT id FROM law_collection", by: grant("law_collection") };
// What hangs from a fund is open to whom the fund is open.
const ofFund = (table, parent = "fund") => ({
  ids: `SELECT ${parent} AS parent, id FROM ${table}`,
  by: `SELECT t.id, w.post FROM ${table} t JOIN access_grant g ON g.record = t.fund JOIN access_wearer w ON w.principal = g.principal`,
});

export const kinds = {
  "/unit/{id}": unit,
  "/person/{id}": person,
  "/admin/person/{id}": person,
  "/admin/post/{id}": post,
  "/admin/unit/{id}": unit,
  "/admin/edge/{id}": { ids: "SELECT id FROM org_edge" },
  "/admin/term/{id}": { ids: "SELECT id FROM org_term" },
  "/admin/import/{id}": { ids: "SELECT id FROM org_import", by: ofPost("org_import") },
  "/admin/job/{id}": { ids: "SELECT id FROM job_job" },
  "/admin/event/{id}": { ids: "SELECT id FROM event_parked" },
  "/admin/config/{name}": { values: ["session-hours", "upload-mb"] },
  "/document/{id}": { ids: "SELECT id FROM document_doc", by: grant("document_doc") },
  "/document/{id}/line/{line}": within("document_line", "doc"),
  "/document/{id}/extension/{extension}": within("document_extension", "doc"),
  "/document/{id}/file/{file}": within("document_file", "doc"),
  "/document/{id}/file/{file}/page/{page}": { values: ["1"] },
  "/document/{id}/seal/{seal}": within("document_seal", "doc"),
  "/document/{id}/crop/{fact}": within("document_fact", "doc"),
  "/law/{id}": { ids: "SELECT id FROM law_work" },
  "/law/{id}/place/{eid}": { values: ["art_1"] },
  "/law/import/{import}": { ids: "SELECT id FROM law_import" },
  "/law/add/{draft}": { ids: "SELECT id FROM law_draft", by: ofPost("law_draft", "made_by") },
  "/law/seal/{seal}": { ids: "SELECT record AS id FROM law_seal", by: "SELECT record AS id, post FROM law_seal" },
  "/law/note/{note}": note,
  "/law/collection/{collection}": collection,
  "/law/collection/{collection}/share/{principal}": { ids: "SELECT collection AS parent, principal AS id FROM law_collection_share" },
  "/law/collection/{collection}/item/{item}": within("law_collection_item", "collection"),
  "/law/change/{event}": { ids: "SELECT id FROM law_event" },
  "/law/guard/{check}": { ids: "SELECT id FROM law_check", by: ofPost("law_check") },
  "/law/watch/{watch}": { ids: "SELECT id FROM law_watch", by: ofPost("law_watch") },
  "/chart/{of}": { values: ["document", "document.xlsx", "document.csv", "task", "task.xlsx"] },
  "/board/{id}": { ids: "SELECT id FROM board_board", by: grant("board_board") },
  "/board/metric/{code}": { values: ["VB.DEN", "DT.QUA_HAN"] },
  "/board/alert/{id}": { ids: "SELECT id FROM board_alert", by: ofPost("board_alert") },
  "/board/past/{id}": { ids: "SELECT id FROM board_past", by: "SELECT p.id, w.post FROM board_past p JOIN access_wearer w ON w.principal = p.organ" },
  "/task/{id}": { ids: "SELECT id FROM task_item", by: "SELECT t.id, w.post FROM task_item t JOIN access_grant g ON g.record = t.record JOIN access_wearer w ON w.principal = g.principal" },
  "/task/{id}/extension/{extension}": within("task_extension", "item"),
  "/petition/{id}": { ids: "SELECT id FROM petition_letter", by: grant("petition_letter") },
  "/petition/{id}/file/{file}": within("petition_file", "letter"),
  "/petition/{id}/same/{other}": { ids: "SELECT id FROM petition_letter", by: grant("petition_letter") },
  "/petition/{id}/slip/{slip}": { values: ["receipt"] },
  "/petition/draft/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/petition/draft/{id}/file/{file}": { ids: "SELECT item AS parent, id FROM receipt_file" },
  "/petition/receipt/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/consult/{id}": { ids: "SELECT id FROM consult_item", by: grant("consult_item") },
  "/consult/{id}/opinion/{opinion}": within("consult_opinion", "item"),
  "/consult/{id}/theme/{theme}": within("consult_theme", "item"),
  "/consult/open/{id}": { ids: "SELECT id FROM consult_item WHERE state NOT IN ('draft', 'review')" },
  "/consult/draft/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/consult/receipt/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/thread/file/{file}": { ids: "SELECT id FROM thread_file", by: "SELECT f.id, w.post FROM thread_file f JOIN thread_step s ON s.id = f.step JOIN access_grant g ON g.record = s.record JOIN access_wearer w ON w.principal = g.principal" },
  "/fund/{id}": { ids: "SELECT id FROM fund_fund", by: grant("fund_fund") },
  "/fund/{id}/campaign/{campaign}": ofFund("fund_campaign"),
  "/fund/{id}/statement/{statement}": ofFund("fund_statement"),
  "/fund/{id}/statement/{statement}/line/{line}": ofFund("fund_transfer", "statement"),
  "/fund/{id}/gift/{gift}": ofFund("fund_gift"),
  "/fund/{id}/household/{household}": ofFund("fund_household"),
  "/fund/{id}/decision/{decision}": ofFund("fund_decision"),
  "/fund/{id}/payment/{payment}": ofFund("fund_payment"),
  "/fund/{id}/payment/{payment}/file/{file}": within("fund_evidence", "payment"),
  "/fund/public/{fund}": { ids: "SELECT id FROM fund_fund" },
  "/fund/public/{fund}/campaign/{campaign}": within("fund_campaign", "fund"),
  "/fund/public/{fund}/file/{publication}": within("fund_publication", "fund"),
  "/meeting/{id}": { ids: "SELECT id FROM meeting_item", by: grant("meeting_item") },
  "/meeting/{id}/person/{person}": within("meeting_person", "meeting"),
  "/meeting/{id}/agenda/{agenda}": within("meeting_agenda", "meeting"),
  "/meeting/{id}/paper/{paper}": { ids: "SELECT meeting AS parent, id FROM meeting_paper", by: `SELECT p.id, s.post FROM meeting_paper p JOIN meeting_item i ON i.id = p.meeting JOIN meeting_person s ON s.meeting = p.meeting WHERE p.open_to = 'all' AND i.state NOT IN ('plan', 'cancelled') UNION SELECT p.id, i.chair FROM meeting_paper p JOIN meeting_item i ON i.id = p.meeting UNION SELECT p.id, i.secretary FROM meeting_paper p JOIN meeting_item i ON i.id = p.meeting UNION SELECT p.id, i.made_by FROM meeting_paper p JOIN meeting_item i ON i.id = p.meeting` },
  "/meeting/{id}/paper/{paper}/page/{page}": { values: ["1"] },
  "/meeting/{id}/paper/{paper}/note/{note}": { ids: "SELECT p.id AS parent, n.id FROM meeting_note n JOIN meeting_paper p ON p.line = n.line", by: "SELECT n.id, w.post FROM meeting_note n JOIN access_wearer w ON w.principal = n.person" },
  "/meeting/{id}/speech/{speech}": within("meeting_speech", "meeting"),
  "/meeting/{id}/vote/{vote}": within("meeting_vote", "meeting"),
  "/meeting/{id}/conclusion/{conclusion}": within("meeting_conclusion", "meeting"),
  "/meeting/room/{room}": { ids: "SELECT id FROM meeting_room", by: "SELECT r.id, w.post FROM meeting_room r JOIN access_wearer w ON w.principal = r.organ" },
  "/outgoing/{id}": { ids: "SELECT id FROM outgoing_doc", by: grant("outgoing_doc") },
  "/outgoing/{id}/compare/{no}": { values: ["1"] },
  "/outgoing/{id}/draft/{no}": { values: ["1"] },
  "/outgoing/{id}/file/{file}": within("outgoing_file", "doc"),
  "/outgoing/{id}/receivers/{delivery}": within("outgoing_delivery", "doc"),
  "/outgoing/delivery/{id}": { ids: "SELECT id FROM outgoing_delivery WHERE kind <> 'outside'", by: grant("outgoing_delivery") },
  "/outgoing/delivery/{id}/file/{file}": { ids: "SELECT v.id AS parent, f.id FROM outgoing_file f JOIN outgoing_delivery v ON v.doc = f.doc WHERE f.delivery IN (0, v.id)" },
  "/outgoing/book/{number}": { ids: "SELECT id FROM outgoing_number", by: "SELECT n.id, w.post FROM outgoing_number n JOIN org_group g ON g.organ = n.organ AND g.role = 1 JOIN access_wearer w ON w.principal = g.id" },
  "/passport/{code}": { values: ["AAAAAAAAAA"] },
  "/mail/{id}": { ids: "SELECT id FROM mail_item", by: grant("mail_item") },
  "/mail/{id}/letter/{letter}": { ids: "SELECT DISTINCT item AS parent, letter AS id FROM mail_to WHERE item IS NOT NULL", by: "SELECT t.letter AS id, w.post FROM mail_to t JOIN access_grant g ON g.record = t.item JOIN access_wearer w ON w.principal = g.principal" },
  "/mail/draft/{draft}": { ids: "SELECT id FROM mail_draft", by: ofPost("mail_draft") },
  "/mail/draft/{draft}/file/{paper}": within("mail_draft_paper", "draft"),
  "/mail/file/{file}": { ids: "SELECT id FROM mail_paper", by: "SELECT p.id, w.post FROM mail_paper p JOIN mail_to t ON t.letter = p.letter JOIN access_grant g ON g.record = t.item JOIN access_wearer w ON w.principal = g.principal" },
  "/mail/way/{way}": { ids: "SELECT id FROM mail_way", by: "SELECT y.id, w.post FROM mail_way y JOIN org_group g ON g.organ = y.organ AND g.role = 16 JOIN access_wearer w ON w.principal = g.id" },
  "/mail/way/{way}/out/{out}": within("mail_out", "way"),
  "/mail/answer/{answer}": { ids: "SELECT id FROM mail_answer", by: "SELECT a.id, w.post FROM mail_answer a JOIN access_grant g ON g.record = a.box JOIN access_wearer w ON w.principal = g.principal" },
  "/notice/{id}": { ids: "SELECT id FROM notice_item", by: ofPost("notice_item") },
  "/portal/{site}": { values: ["cat-hai"] },
  "/portal/{site}/{slug}": { values: ["do-cai-beo-viet-hai-chay-them-chuyen-chieu-cho-hoc-sinh"] },
  "/portal/office/{id}": { ids: "SELECT id FROM portal_article", by: grant("portal_article") },
  "/portal/office/duty/{id}": { ids: "SELECT id FROM portal_duty", by: "SELECT d.id, w.post FROM portal_duty d JOIN portal_site s ON s.id = d.site JOIN access_wearer w ON w.principal = s.unit" },
  "/service/{id}": { ids: "SELECT id FROM service_dossier", by: grant("service_dossier") },
  "/service/{id}/file/{file}": { ids: "SELECT i.record AS parent, f.id FROM receipt_file f JOIN receipt_item i ON i.id = f.item WHERE i.kind = 'service' AND i.record > 0" },
  "/service/{id}/letter/{letter}": within("service_letter", "dossier"),
  "/service/draft/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/service/draft/{id}/page/{page}": { values: ["1"] },
  "/service/draft/{id}/file/{file}": { ids: "SELECT item AS parent, id FROM receipt_file" },
  "/service/receipt/{id}": { ids: "SELECT id FROM receipt_item", by: "SELECT id, 0 AS post FROM receipt_item" },
  "/service/receipt/{id}/letter/{letter}": { ids: "SELECT i.id AS parent, l.id FROM service_letter l JOIN receipt_item i ON i.record = l.dossier" },
  "/service/guide/{procedure}": { values: ["MTTQ.HP.02", "MTTQ.HP.05"] },
  "/service/procedure/{procedure}": { values: ["MTTQ.HP.02"] },
  "/service/list/{list}": { values: ["slot", "campaign"] },
  "/register/{type}": { values: ["poor_household", "adviser"] },
  "/register/row/{id}": { ids: "SELECT id FROM register_row", by: "SELECT r.id, w.post FROM register_row r JOIN access_grant g ON g.record = r.book JOIN access_wearer w ON w.principal = g.principal" },
  "/register/row/{id}/file/{file}": { ids: "SELECT row AS parent, id FROM register_file" },
  "/register/sheet/{id}": { ids: "SELECT id FROM register_sheet", by: "SELECT s.id, w.post FROM register_sheet s JOIN access_grant g ON g.record = s.book AND (g.can & 4) = 4 JOIN access_wearer w ON w.principal = g.principal" },
  "/register/report/{id}": { ids: "SELECT id FROM register_report", by: grant("register_report") },
  "/register/return/{id}": { ids: "SELECT id FROM register_return", by: grant("register_return") },
  "/cadre/{id}": { ids: "SELECT id FROM cadre_person", by: `${grant("cadre_person")} UNION SELECT c.id, p.id AS post FROM cadre_person c JOIN org_post p ON p.unit = c.unit WHERE (p.roles & 8) = 8` },
  "/cadre/{id}/group/{group}": { values: ["span"] },
  "/cadre/{id}/entry/{entry}": { ids: "SELECT cadre AS parent, id FROM cadre_entry WHERE part = 'span'" },
  "/cadre/{id}/proposal/{proposal}": { ids: "SELECT cadre AS parent, id FROM cadre_proposal", by: "SELECT p.id, w.post FROM cadre_proposal p JOIN access_grant g ON g.record = p.cadre JOIN access_wearer w ON w.principal = g.principal" },
  "/cadre/{id}/print/{print}": { ids: "SELECT cadre AS parent, id FROM cadre_print", by: "SELECT p.id, w.post FROM cadre_print p JOIN access_grant g ON g.record = p.cadre JOIN access_wearer w ON w.principal = g.principal" },
  "/cadre/committee/{committee}": { ids: "SELECT id FROM cadre_committee", by: "SELECT c.id, w.post FROM cadre_committee c JOIN org_group g ON g.organ = c.organ AND g.role = 2 JOIN access_wearer w ON w.principal = g.id UNION SELECT c.id, w.post FROM cadre_committee c JOIN org_unit u ON u.organ = c.organ AND u.code LIKE '%-TCKT' JOIN access_wearer w ON w.principal = u.id" },
  "/cadre/committee/{committee}/nominee/{nominee}": within("cadre_nominee", "committee"),
  "/assistant/{id}": { ids: "SELECT id FROM assistant_question", by: ofPost("assistant_question") },
};

// Fields of forms and addresses that hold an id: the kind as above, or "anyone's" for what every signed-in person may name (the
// directory's people, posts and units) and for marks in a list, where another's id shows nothing. makes: the asker's own record is made in
// any case, and it is what that shows that is compared.
export const fields = {
  "POST /hat post": { kind: "anyone's" }, "GET /admin/person after": { kind: "anyone's" }, "GET /admin/unit/new parent": { kind: "anyone's" },
  "POST /document/{id}/presentation leader": { kind: "anyone's" },
  "POST /document/{id}/directive lead": { kind: "anyone's" }, "POST /document/{id}/directive cooperate": { kind: "anyone's" }, "POST /document/{id}/directive inform": { kind: "anyone's" },
  "POST /document/{id}/line/{line}/assignment to": { kind: "anyone's" },
  "GET /task unit": { kind: "anyone's" }, "GET /task after": { kind: "anyone's" }, "GET /task/{id} before": { kind: "anyone's" },
  "GET /task/new record": { kind: "/document/{id}" }, "GET /task/new parent": { kind: "/task/{id}" },
  "POST /task/assignment record": { kind: "/document/{id}" }, "POST /task/assignment parent": { kind: "/task/{id}" },
  "POST /task/assignment lead": { kind: "anyone's" }, "POST /task/assignment cooperate": { kind: "anyone's" }, "POST /task/assignment inform": { kind: "anyone's" },
  "POST /task/handover from": { kind: "anyone's" }, "POST /task/handover to": { kind: "anyone's" },
  "POST /task/{id}/assignee to": { kind: "anyone's" }, "POST /task/{id}/reassignment to": { kind: "anyone's" },
  "POST /petition/{id}/assignment lead": { kind: "anyone's" }, "POST /petition/{id}/case other": { kind: "/petition/{id}" },
  "POST /consult/{id}/theme opinion": { kind: "/consult/{id}/opinion/{opinion}" }, "POST /consult/{id}/theme theme": { kind: "/consult/{id}/theme/{theme}" },
  "POST /outgoing signer": { kind: "anyone's" }, "POST /outgoing units": { kind: "anyone's" }, "POST /outgoing related": { kind: "/outgoing/{id}" },
  "POST /outgoing/{id}/edit signer": { kind: "anyone's" }, "POST /outgoing/{id}/edit units": { kind: "anyone's" }, "POST /outgoing/{id}/edit related": { kind: "/outgoing/{id}" },
  "POST /outgoing/{id}/number reserved": { kind: "/outgoing/book/{number}" },
  "GET /thread/opinion record": { kind: "/document/{id}" }, "GET /thread/opinion task": { kind: "/task/{id}" },
  "POST /thread/opinion record": { kind: "/document/{id}" }, "POST /thread/opinion task": { kind: "/task/{id}" }, "POST /thread/opinion mention": { kind: "anyone's" },
  "DELETE /law/watch/{watch} back": { kind: "anyone's", makes: true },
  "POST /law/collection/{collection}/share principal": { kind: "anyone's" },
  "POST /law/{id}/collection collection": { kind: "/law/collection/{collection}" },
  "POST /assistant/question within": { kind: "/document/{id}", makes: true },
  "POST /fund/{id}/gift campaign": { kind: "/fund/{id}/campaign/{campaign}" }, "POST /fund/{id}/gift/{gift}/campaign campaign": { kind: "/fund/{id}/campaign/{campaign}" },
  "POST /fund/{id}/statement/{statement}/line/{line}/correction campaign": { kind: "/fund/{id}/campaign/{campaign}" },
  "POST /fund/{id}/statement account": { kind: "anyone's" }, "POST /fund/{id}/decision campaign": { kind: "/fund/{id}/campaign/{campaign}" },
  "POST /fund/{id}/decision/{decision}/household household": { kind: "/fund/{id}/household/{household}" },
  "POST /fund/{id}/payment/{payment}/transfer transfer": { kind: "/fund/{id}/statement/{statement}/line/{line}" },
  ...Object.fromEntries(["/meeting/new", "/meeting/{id}/edit"].flatMap((at) => ["chair", "secretary"].map((f) => [`POST ${at} ${f}`, { kind: "anyone's" }]))),
  "POST /meeting/new room": { kind: "/meeting/room/{room}" }, "POST /meeting/{id}/edit room": { kind: "/meeting/room/{room}" },
  "POST /meeting/{id}/person people": { kind: "anyone's" }, "POST /meeting/{id}/answer stand_in": { kind: "anyone's", makes: true }, "POST /meeting/{id}/conclusion lead": { kind: "anyone's" },
  "POST /meeting/{id}/paper agenda": { kind: "/meeting/{id}/agenda/{agenda}" }, "POST /meeting/{id}/paper readers": { kind: "/meeting/{id}/person/{person}" },
  "POST /meeting/{id}/shown paper": { kind: "/meeting/{id}/paper/{paper}" },
  "POST /register/report units": { kind: "anyone's" },
  "POST /board/{id}/order card": { kind: "anyone's" }, "POST /board/{id}/removal card": { kind: "anyone's" },
  "POST /cadre unit": { kind: "anyone's" }, "POST /cadre person": { kind: "anyone's" },
  "POST /cadre/{id}/place unit": { kind: "anyone's" }, "POST /cadre/{id}/place person": { kind: "anyone's" },
  "POST /cadre/committee/{committee}/nominee cadre": { kind: "/cadre/{id}" },
  "GET /admin/audit record": { kind: "anyone's" }, "GET /admin/audit/export record": { kind: "anyone's" }, "GET /admin/job before": { kind: "anyone's" },
  "GET /admin/event before": { kind: "anyone's" },
  "POST /mail/{id}/holder to": { kind: "anyone's" }, "POST /mail/{id}/task lead": { kind: "anyone's" }, "POST /mail/{id}/document letter": { kind: "/mail/{id}/letter/{letter}" },
  "POST /mail/way owner": { kind: "anyone's" }, "POST /mail/draft box": { kind: "anyone's" }, "POST /mail/answer box": { kind: "anyone's" },
  "POST /mail/draft/{draft} to": { kind: "anyone's" }, "POST /mail/draft/{draft} cc": { kind: "anyone's" }, "POST /mail/draft/{draft} bcc": { kind: "anyone's" },
  "POST /mail/draft/{draft}/sending to": { kind: "anyone's" }, "POST /mail/draft/{draft}/sending cc": { kind: "anyone's" }, "POST /mail/draft/{draft}/sending bcc": { kind: "anyone's" },
  "POST /mail/draft/{draft}/removal to": { kind: "anyone's" }, "POST /mail/draft/{draft}/removal cc": { kind: "anyone's" }, "POST /mail/draft/{draft}/removal bcc": { kind: "anyone's" },
  "POST /mail/draft/{draft}/file/{paper}/removal to": { kind: "anyone's" }, "POST /mail/draft/{draft}/file/{paper}/removal cc": { kind: "anyone's" }, "POST /mail/draft/{draft}/file/{paper}/removal bcc": { kind: "anyone's" },
};

// Who oversees sees what others did, with its words: the audit's roles are its right.
export const overseen = ["/admin/audit", "/admin/audit/export"];

/** Invented records of each organ, made as people make them. Each text holds a pair of words; whoever may not see the record is never shown the second. */
export async function invent(send, words) {
  for (const login of ["vanthu", "xa"]) {
    const day = new Date().toISOString().slice(0, 10), later = new Date(Date.now() + 5 * 864e5).toISOString().slice(0, 10);
    for (const n of [1, 2]) {
      const draft = await send(login, "/document/new", "/document/draft", {});
      const id = /\/document\/(\d+)/.exec(draft)[1];
      if (n === 1) await send(login, draft, `/document/${id}/registration`, { code: `7${n}/CV-QZ`, issued_on: day, type: "CV", priority: "0", issuer: `Cơ quan ${words(login)}`, subject: `Về việc ${words(login)}`, arrival_on: day });
      if (n === 1) await send(login, `/document/${id}`, `/document/${id}/opinion`, { text: `Ý kiến ${words(login)}` });
    }
    await send(login, "/petition/new", "/petition/new", { channel: "counter", received_on: day, title: `Đơn ${words(login)}`, text: `ĐƠN KIẾN NGHỊ\nTôi tên là Phạm Văn Ba, ở phường Lê Chân, Hải Phòng.\nTôi kiến nghị ${words(login)}.\nPhạm Văn Ba` });
    await send(login, "/consult/new", "/consult/new", { title: `Dự thảo ${words(login)}`, lead: words(login), drafter: "Sở", closes_on: later, answer_on: later, draft: `Điều 1. Một\n${words(login)}\n` });
    const paper = `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/CV-UBND\nHà Nội, ngày 5 tháng 1 năm 2026\nV/v ${words(login)}\n`;
    await send(login, "/document/new", "/document/upload", {}, { name: "thu.txt", text: paper });
    await send(login, "/law/add", "/law/add", {}, { name: "luat.txt", text: `LUẬT\n${paper}Điều 1. Phạm vi\n1. Luật này quy định.\n` });
  }
  // The city's people all read the city's articles: only the commune's are somebody's alone here.
  for (const login of ["xa"]) {
    await send(login, "/portal/office/new", "/portal/office", { title: `Bài ${words(login)}`, category: "activity", body: words(login) });
  }
  for (const login of ["vanthu", "lanhdao", "chuyenvien", "xa"]) {
    await send(login, "/law/collection", "/law/collection", { name: `Tập ${words(login)}`, owner: "me" });
    const law = await send.work(login);
    await send(login, law, `${law}/note`, { words: `Ghi chú ${words(login)}`, owner: "me" });
    await send(login, law, `${law}/watch`, {});
    await send(login, "/law/guard", "/law/guard", { text: `Căn cứ Luật số 75/2015/QH13 ${words(login)}` });
    await send(login, "/assistant", "/assistant/question", { q: `Hỏi về ${words(login)}`, in: "all" });
  }
}
