"""Spanish. Written for the demonstration; a translator has still to review it."""

from typing import Final

from conditions.renditions.labels.words import Labels

SPANISH: Final = Labels(
    also_called="También se llama",
    red_flags="Cuándo pedir ayuda médica",
    urgency=(
        "Cuidado en casa: puede cuidarse usted en casa",
        "Sin prisa: pida una cita",
        "Urgente: acuda hoy mismo",
        "Emergencia: llame a una ambulancia o vaya a urgencias ahora mismo",
    ),
    suspects="Puede ser señal de",
    summary="En resumen",
    on_this_page="En esta página",
    causes="Causas posibles",
    urgency_of_cause="Con qué rapidez hay que acudir",
    read_more="Más información sobre",
    figures="Imágenes",
    credit="Autoría de la imagen",
    faqs="Preguntas frecuentes",
    references="Referencias",
    reference="Referencia",
    checked_on="comprobado el",
    related="Páginas relacionadas",
    about="Acerca de esta página",
    last_reviewed="Última revisión",
    next_review="Próxima revisión",
    not_reviewed="Todavía no la ha revisado ningún profesional clínico",
    unsigned=(
        "Ningún profesional clínico ha firmado todavía esta edición. Se publicó en una situación "
        "de emergencia y, si nadie la firma, se mostrará como máximo hasta el {until}. "
        "El motivo: {reason}"
    ),
    overdue=(
        "La revisión de esta página está atrasada: debía hacerse a más tardar el {date}. Es "
        "posible que parte de la información ya no sea actual."
    ),
    published="Publicada",
    edition="Edición",
    signed_by="Firmada por",
    sign_off_roles={"clinical": "revisión clínica", "editorial": "revisión editorial"},
    conflicts="Conflictos de intereses",
    contributor_roles={
        "author": "Autoría",
        "editor": "Edición del texto",
        "illustrator": "Ilustración",
        "patient_adviser": "Asesoría de pacientes",
        "translator": "Traducción",
    },
    publisher="Entidad que publica",
    demonstration=(
        "Contenido de demostración: la entidad que publica y quienes revisan son ficticios."
    ),
    demonstration_publisher="Una entidad de demostración, no una organización real.",
    license="Licencia",
    disclaimer="Importante",
    home="Inicio",
    languages={"en": "inglés", "es": "español", "hi": "hindi"},
    translated="Esta página es una traducción del {language}, de la edición {edition}.",
    read_source="Leer la página original",
    translated_in_part="Aquí está solo una parte de esa página.",
    translation_unreviewed=(
        "La traducción aún necesita la revisión de un traductor: ningún traductor la ha comprobado "
        "todavía."
    ),
    stale=(
        "Es posible que esta traducción no esté al día: la página original ha cambiado después de "
        "traducirse."
    ),
    source_withdrawn=(
        "La página original de esta traducción se ha retirado. Lo que lee aquí puede ser "
        "incorrecto."
    ),
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    date="{day} de {month} de {year}",
)
