"""Forms of the shapes that nodes have, for looking at them."""

from django import forms


class Session(forms.Form):
    """Picture 8b: a session to arrange."""

    on = forms.DateField(
        label="日期", help_text="03-30 以前", widget=forms.DateInput(attrs={"type": "date"})
    )
    hour = forms.ChoiceField(
        label="时间",
        help_text="双方和调解员都有空的时段",
        choices=[("1", "09:30 – 11:30"), ("2", "14:00 – 16:00")],
    )
    place = forms.ChoiceField(
        label="地点", choices=[("1", "两江新区总工会 调解室一"), ("2", "调解室二")]
    )
    clerk = forms.CharField(label="记录", required=False)
    notify = forms.MultipleChoiceField(
        label="通知谁",
        choices=[("w", "职工代表 吕长河"), ("e", "砚石劳务 项仲文"), ("g", "磐川建设 薄立安")],
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label="方式", choices=[("in", "到场"), ("online", "线上")], widget=forms.RadioSelect
    )
    yuan = forms.DecimalField(label="金额", required=False, max_digits=12, decimal_places=2)
    words = forms.CharField(
        label="附言", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    paper = forms.FileField(label="材料", required=False)
    read = forms.BooleanField(label="已向对方读过权利义务")

    sections = [
        ("时间和地点", ["on", "hour", "place", "clerk"]),
        ("通知", ["notify", "how", "read"]),
    ]
    units = {"yuan": "元"}
    repairs = {
        "on": [
            {"value": "2026-03-27", "words": "03-27 周五"},
            {"value": "2026-03-30", "words": "03-30 周一"},
        ]
    }


def session(*, wrong: bool = False) -> Session:
    """The form as opened, or with what a person got wrong."""
    if not wrong:
        return Session(initial={"on": "2026-03-25", "hour": "1"})
    form = Session({"on": "2026-03-28", "hour": "1", "place": "1", "clerk": "汤宁"})
    form.add_error("on", "日期是星期六，不是工作日")
    form.add_error("place", "调解室一 09:30 已有安排")
    return form
