using System.Globalization;

namespace Sallyport.Simulator.World.People;

/// <summary>Tells who a user is.</summary>
internal static class UserStory
{
    private static readonly string[] FirstNames =
    [
        "Maria", "Jonas", "Aisha", "Peter", "Lena", "Tomas", "Yuki", "Omar", "Ingrid", "Rafael", "Chloe", "Viktor", "Nadia", "Samuel",
        "Elif", "Marco", "Hana", "David", "Priya", "Lukas", "Sofia", "Andrei", "Grace", "Mateo", "Freya", "Kofi", "Julia", "Emil",
        "Zofia", "Daniel", "Amara", "Felix", "Noor", "Oskar", "Leila", "Hugo", "Mina", "Patrick", "Iris", "Bruno", "Dana", "Simon",
        "Tara", "Anton", "Ruth", "Milan", "Vera", "Karl",
    ];

    private static readonly string[] LastNames =
    [
        "Keller", "Novak", "Rossi", "Haddad", "Lindgren", "Moreau", "Santos", "Ivanov", "Schmidt", "Okafor", "Tanaka", "Murphy",
        "Kowalski", "Silva", "Jensen", "Fischer", "Varga", "Costa", "Petrov", "Weber", "Yilmaz", "Dubois", "Nagy", "Olsen", "Romano",
        "Becker", "Horvat", "Singh", "Larsen", "Mendes", "Popescu", "Wagner", "Andersen", "Bianchi", "Cohen", "Dvorak", "Eriksen",
        "Ferrari", "Garcia", "Hansen", "Ito", "Janssen", "Kaya", "Lopez", "Maier", "Nowak", "Ortiz", "Pereira", "Quinn", "Ricci",
        "Sato", "Toth", "Urban", "Vogel", "Winter", "Xu", "Young", "Zeman", "Adler", "Brandt", "Cruz", "Diaz", "Egger", "Frei",
    ];

    private static readonly (string Department, string[] Titles)[] Departments =
    [
        ("Finance", ["Accountant", "Controller", "Payroll Specialist"]),
        ("Sales", ["Account Executive", "Sales Engineer", "Regional Lead"]),
        ("Engineering", ["Developer", "Site Reliability Engineer", "Test Engineer"]),
        ("Operations", ["Shift Lead", "Planner", "Logistics Clerk"]),
        ("Human Resources", ["Recruiter", "HR Partner"]),
        ("Legal", ["Counsel", "Paralegal"]),
        ("IT", ["Support Analyst", "Network Engineer", "System Administrator"]),
    ];

    public static User Tell(Company company, int index) => index switch
    {
        Cast.PhishedUser => Named(company, index, "alice", "Alice Martin", "Finance", "Accountant", isPrivileged: false),
        Cast.Administrator => Named(company, index, "bob", "Bob Okafor", "IT", "Domain Administrator", isPrivileged: true),
        Cast.ServiceAccount => Named(company, index, "svc-backup", "Backup Service", "IT", "Service Account", isPrivileged: true),
        _ => Background(company, index),
    };

    private static User Background(Company company, int index)
    {
        var dice = company.Roll(Purpose.User, index);
        var first = FirstNames[index % FirstNames.Length];
        var last = LastNames[(index / FirstNames.Length * 7 + index) % LastNames.Length];
        var generation = index / (FirstNames.Length * LastNames.Length);
        var suffix = generation == 0 ? "" : (generation + 1).ToString(CultureInfo.InvariantCulture);
        var account = $"{first}.{last}{suffix}".ToLowerInvariant();
        var (department, titles) = dice.Pick<(string, string[])>(Departments);
        var user = Named(company, index, account, $"{first} {last}", department, dice.Pick<string>(titles), dice.Chance(0.04));
        return user with
        {
            IsEnabled = !dice.Chance(0.05),
            LastSignIn = company.Ago(dice.Span(TimeSpan.FromDays(20))),
            DisplayName = company.Hostile(Purpose.User, index) is { } text ? $"{user.DisplayName} {text}" : user.DisplayName,
        };
    }

    private static User Named(Company company, int index, string account, string name, string department, string title, bool isPrivileged)
    {
        var dice = company.Roll(Purpose.User, -1 - index);
        return new()
        {
            Index = index,
            Id = dice.Uuid(),
            Upn = $"{account}@{Company.Domain}",
            AccountName = account,
            DisplayName = name,
            Department = department,
            Title = title,
            IsPrivileged = isPrivileged,
            IsEnabled = true,
            Sid = string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-3623811015-3361044348-30300820-{1100 + index}"),
            LastSignIn = company.Ago(TimeSpan.FromMinutes(dice.Between(5, 600))),
        };
    }
}
