using System.Collections.Frozen;

namespace Sallyport.Gateway.Discovery.Search;

/// <summary>Words by which analysts mean the same thing, written once: what is said on the left may be called by a word on the right.</summary>
internal static class Synonyms
{
    private const double Share = 0.75;

    /// <summary>Phrases first become the one word they stand for.</summary>
    private static readonly (string Phrase, string Word)[] Phrases =
    [
        ("log in", "signin"), ("log on", "signin"), ("logged in", "signin"), ("logged on", "signin"), ("sign in", "signin"), ("signed in", "signin"), ("sign-in", "signin"),
        ("cut off", "isolate"), ("take offline", "isolate"), ("off the network", "isolate"), ("off the wire", "isolate"), ("pull the plug", "isolate"),
        ("back online", "release"), ("back on the network", "release"), ("back onto the network", "release"), ("false alarm", "falsepositive"),
        ("how many", "count"), ("number of", "count"), ("at the moment", "current"), ("right now", "current"), ("look after", "assign"), ("looks after", "assign"), ("working on", "assign"),
        ("spread sheet", "list"), ("e-mail", "mail"), ("up to date", "patch"), ("out of date", "patch"), ("turn off", "disable"), ("switch off", "disable"), ("turn on", "enable"), ("switch on", "enable"),
        ("set up", "create"), ("hand over", "assign"), ("over to", "assign"), ("jot down", "note"), ("this morning", "latest"), ("last night", "latest"), ("past 24 hours", "latest"),
        ("undo the isolation", "release"), ("rejoin the network", "release"), ("look up", "search"), ("sum up", "summarize"), ("false positive", "falsepositive"), ("kick off", "start"), ("roll out", "deploy"),
        ("unassign", "remove assignment"), ("away from", "remove"),
        ("process tree", "timeline process"), ("step by step", "timeline"), ("in what order", "timeline"), ("patch first", "exposure queue"), ("fix first", "exposure queue"), ("work on first", "alert queue"),
        ("stopped reporting", "silent"), ("stopped checking in", "silent"), ("gone quiet", "silent"), ("going on with", "profile"), ("known about", "profile"), ("know about", "profile"), ("tell me about", "profile"),
        ("all tools", "every platform"), ("all products", "every platform"), ("every product", "every platform"), ("every tool", "every platform"), ("across the board", "every platform"), ("off the", "remove"), ("on the plate of", "assigned to"), ("turned on", "enable"), ("turned off", "disable"),
    ];

    private static readonly FrozenDictionary<string, string[]> Table = Read(
        """
        machine: device host
        laptop: device host
        computer: device host
        workstation: device host
        server: device host
        endpoint: device host
        box: device host
        pc: device host
        notebook: device
        asset: device host
        host: device
        device: host
        phone: mobile device
        smartphone: mobile device
        tablet: mobile device
        employee: user account
        person: user account
        colleague: user account
        staff: user account
        people: user
        user: account
        account: user
        analyst: user
        signin: sign
        login: sign
        logon: sign
        alert: detection
        alarm: alert detection
        detection: alert
        threat: detection malware
        malware: quarantine detection
        virus: malware detection
        case: incident
        ticket: incident finding
        breach: incident
        attack: incident detection
        vuln: vulnerability finding
        vulnerable: vulnerability
        vulnerability: finding vulnerable cve
        weakness: vulnerability finding
        cve: vulnerability
        flaw: vulnerability finding
        issue: finding
        bug: finding
        exploit: vulnerability
        exposure: vulnerability
        update: patch change
        hotfix: patch
        outdated: patch
        missing: patch
        contain: isolate
        isolate: isolation
        disconnect: isolate
        unplug: isolate
        unisolate: release
        reconnect: release
        unblock: release allow
        reconstruct: timeline
        course: timeline
        chronology: timeline
        sequence: timeline order
        story: timeline
        draw: picture graph
        triage: queue
        prioritize: queue order
        path: route
        packet: route
        protection: agent
        compromised: alert profile
        hacked: alert profile
        scanner: scan type
        quiet: silent
        unmanaged: agent gap coverage
        risk: exposure vulnerability
        traceroute: route trace
        permit: allow
        roll: deploy
        block: blocked blocklist deny
        ban: block
        kill: stop block
        abort: cancel stop
        stop: cancel
        trash: delete
        remove: delete
        erase: delete
        wipe: delete purge
        purge: delete
        drop: delete
        undo: restore reopen
        recover: restore
        newest: latest newest
        recent: latest newest
        last: latest
        fresh: latest
        today: latest
        program: executable application
        binary: executable file
        exe: executable file
        software: application executable
        app: application
        process: program
        hash: file sha
        sha256: file hash
        sha1: file hash
        md5: file hash
        attachment: file mail
        link: url
        website: url web
        site: url web
        domain: url dns name
        hostname: name host
        address: ip
        ip: address
        subnet: network
        range: network
        segment: network
        email: mail
        inbox: mail
        phishing: mail
        phish: mail
        spam: mail
        click: url
        certificate: tls
        cert: tls certificate
        ssl: tls certificate
        https: tls
        cipher: tls
        expiry: certificate
        expire: certificate
        port: scan service
        nmap: scan port
        sweep: discover scan
        alive: up discover ping
        reachable: ping route health
        hop: route
        latency: ping
        resolve: dns lookup
        dig: dns
        nslookup: dns
        kql: hunt query
        hunt: query
        query: hunt search
        advanced: hunt
        pcap: capture packet
        packet: capture
        traffic: capture
        wireshark: capture
        graph: draw
        diagram: graph draw
        picture: graph draw svg
        visualize: graph draw
        map: graph
        chart: graph
        assignee: assignment
        owner: assign assignment
        responsible: assign
        assign: assignment
        unassign: assignment delete
        handle: assignment resolve
        triage: detection incident
        fixed: mark fix
        done: resolve close
        resolve: close fix
        close: resolve
        mitigate: close fix
        dismiss: close resolve
        reopen: open
        comment: note remark
        note: comment
        remark: note comment
        annotate: note
        label: tag
        tag: label
        risk: score severity vulnerability
        score: severity risk
        critical: severity
        severe: severity
        worst: severity
        urgent: priority severity
        prioritized: urgent
        priority: urgent severity
        history: timeline
        activity: timeline
        happened: timeline
        event: timeline
        timeline: history
        overview: profile summary
        summary: summarize
        summarize: summary
        short: summary
        detail: full profile
        everything: profile full detail
        silent: contact
        inactive: contact
        stale: contact
        seen: contact
        policy: configuration
        setting: policy
        rule: policy
        exclusion: exclude
        exception: exclusion
        whitelist: exclusion allow
        allowlist: exclusion allow
        ignore: exclusion
        suppress: exclusion
        permission: role right
        right: permission role
        privilege: role permission
        admin: role permission
        access: role permission
        enroll: enrolment installer import mobile
        enrol: enrolment enroll mobile
        installer: package deploy
        deploy: installer task
        rollout: installer task
        agent: installer device
        reboot: restart task
        restart: task
        job: task scan
        schedule: trigger task
        antivirus: scan agent
        background: start
        result: found
        progress: status
        report: scan import
        upload: import
        ingest: import
        import: upload
        zap: scan import
        trivy: scan import
        semgrep: scan import
        nessus: scan import
        burp: scan import
        sarif: scan import
        project: product
        application: product software
        repository: product
        pentest: engagement
        assessment: engagement
        audit: engagement test
        lockdown: lock
        locked: lockdown
        lock: lockdown
        compare: diff
        change: diff update
        difference: diff
        changed: diff
        new: create latest diff
        add: create
        make: create
        open: active
        file: executable
        group: folder
        folder: group
        organization: group
        department: group
        tree: group
        rename: name display
        name: rename
        move: group
        quarantine: quarantined
        sample: download quarantine
        download: file archive
        enable: on
        disable: off
        count: total
        health: check system
        alive: health
        xdr: defender
        mde: defender
        microsoft: defender
        dojo: defectdojo
        ndr: vectra
        edr: eset rule
        set: update change
        correct: update change
        edit: update change
        modify: update change
        raise: update
        lower: update
        adjust: update change
        assign: update
        apply: assign
        visit: click connect
        visited: click connect
        talk: connect
        contacted: connect
        executed: start run
        ran: run
        write: note comment create
        wrote: note comment
        file: hash
        called: name
        lookup: search dns
        grant: assign
        revoke: remove
        expose: port
        offer: port
        machine: computer
        websites: domain
        falsepositive: close false
        administrator: role permission
        free: release restore
        rejoin: release
        live: up discover
        report: contact
        yesterday: latest
        reach: ping route
        risky: urgent score
        top: urgent
        record: get
        ioc: indicator
        indicator: hash address domain
        everywhere: platform
        anywhere: platform
        blind: gap
        blindspot: gap coverage
        rank: order queue
        release: restore
        back: restore release
        hash: file
        executable: program file
        similar: like group
        scheduled: task trigger
        missing: available
        spot: detection
        catch: detection
        caught: detection
        """);

    /// <summary>The text with every phrase as the word it stands for.</summary>
    public static string Phrased(string text)
    {
        foreach (var (phrase, word) in Phrases)
            text = text.Replace(phrase, word, StringComparison.Ordinal);
        return text;
    }

    /// <summary>A word and what it may be called, with how much that counts.</summary>
    public static IReadOnlyList<(string Word, double Share)> Of(string word)
        => [(word, 1.0), .. Table.GetValueOrDefault(word, []).Select(other => (other, Share))];

    private static FrozenDictionary<string, string[]> Read(string table)
    {
        var words = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = Words.Reduce(line.AsSpan(0, colon).Trim())!;
            if (!words.TryGetValue(key, out var others))
                words[key] = others = new HashSet<string>(StringComparer.Ordinal);
            others.UnionWith(Words.Of(line[(colon + 1)..]).Where(word => word != key));
        }

        return words.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }
}
