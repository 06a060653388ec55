### Shared by tray and window

### Window: frame

window-name = Статус для Пачки
window-pages = Разделы
window-skip-to-content = К содержимому
window-messages = Сообщения
window-close = Закрыть
window-cancel = Отмена
window-save = Сохранить
window-try-again = Попробовать ещё раз
window-to-account = Открыть раздел «Аккаунт»
window-to-diagnostics = Открыть диагностику
window-to-preferences = Открыть настройки
window-undo = Вернуть
window-copy-what = Скопировать: { $what }
window-copied = Скопировано
window-copy-failed = Не получилось скопировать: система не дала доступ к буферу обмена.
window-toast-has-action = Доступно действие «{ $action }».
window-error-internal = Что-то пошло не так в самом приложении. Скопируйте отчёт в разделе «Диагностика» и пришлите его разработчикам.
window-details = Подробности
window-server-says = Ответ сервера
window-http-status = Код ответа
window-request-id = Номер запроса для поддержки
window-loading = Загружается
window-not-connected = Не подключено
window-link-none = Вставьте токен
window-link-unknown = Подключаемся
window-link-online = На связи
window-link-trouble = Нет связи
window-link-paused = Сервер просит подождать
window-link-attention = Нужно внимание

page-status = Статус
page-presets = Заготовки
page-profile = Профиль
page-account = Аккаунт
page-preferences = Настройки
page-diagnostics = Диагностика
