/* The only file that knows every module. Order: navigation ties, demonstration data, start. */
#include "kernel/module.h"
#include "kernel/shell/shell.h"
#include "modules/desk/desk.h"
#include "modules/admin/admin.h"
#include "modules/org/org.h"
#include "modules/place/place.h"
#include "modules/assistant/assistant.h"
#include "modules/ballot/ballot.h"
#include "modules/board/board.h"
#include "modules/cadre/cadre.h"
#include "modules/chart/chart.h"
#include "modules/citizen/citizen.h"
#include "modules/consult/consult.h"
#include "modules/deadline/deadline.h"
#include "modules/document/document.h"
#include "modules/exchange/exchange.h"
#include "modules/forecast/forecast.h"
#include "modules/format/format.h"
#include "modules/fund/fund.h"
#include "modules/law/law.h"
#include "modules/mail/mail.h"
#include "modules/meeting/meeting.h"
#include "modules/notice/notice.h"
#include "modules/outgoing/outgoing.h"
#include "modules/petition/petition.h"
#include "modules/portal/portal.h"
#include "modules/receipt/receipt.h"
#include "modules/register/register.h"
#include "modules/service/service.h"
#include "modules/sign/sign.h"
#include "modules/task/task.h"
#include "modules/thread/thread.h"
#include "modules/find/find.h"

#include "base/banned.h"

static const struct module *const all[] = {
    &kernel_module,   &shell_module,
    &desk_module,     &org_module,
    &thread_module,   &task_module,
    &document_module, &law_module,
    &notice_module,   &deadline_module,
    &find_module,     &assistant_module,
    &chart_module,    &place_module,
    &exchange_module, &petition_module,
    &mail_module,     &forecast_module,
    &fund_module,     &register_module,
    &format_module,   &portal_module,
    &receipt_module,  &service_module,
    &sign_module,     &meeting_module,
    &outgoing_module, &cadre_module,
    &ballot_module,   &consult_module,
    &board_module,    &citizen_module,
    &admin_module,    NULL,
};

const struct modules modules = {all, sizeof all / sizeof *all - 1};
